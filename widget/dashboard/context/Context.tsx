import { useSignal } from '@preact/signals'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { historyOf, unfiltered } from '../core/location.ts'
import { formatMessage, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { Findings } from '../queue/Findings.tsx'
import { Late, part } from '../ui/Late.tsx'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { Time } from '../ui/Time.tsx'
import { Visible, VisibleContent } from '../ui/Visible.tsx'
import { AuthorFacts } from './AuthorFacts.tsx'
import { Decision } from './Decision.tsx'
import { FlagsAndAppeal } from './FlagsAndAppeal.tsx'
import { ThreadFacts } from './ThreadFacts.tsx'

const notes = part(['notes', 'comment'], async () => (await import('./NotesOf.tsx')).NotesOf)

/** What one needs to know of a comment. */
export function Context({ item }: { item: QueueItem }) {
  const source = useSignal(false)
  const w = words('context')
  return (
    <>
      <FlagsAndAppeal item={item} />
      <section>
        <AuthorFacts item={item} />
      </section>
      <section>
        <h3>{w.why}</h3>
        {item.findings.length || item.band ? <Findings item={item} all /> : <p>{w.nothingFound}</p>}
        <Alike item={item} />
        <p>
          <PlaceLink to={historyOf(item.id)}>{w.allOfIt}</PlaceLink>
        </p>
        {item.decision && <Decision decision={item.decision} siteId={item.site.id} />}
      </section>
      {item.parent && (
        <section>
          <h3>
            <bdi>{formatMessage(w.inReplyTo, { name: item.parent.name })}</bdi>
          </h3>
          <blockquote class="body" dir="auto">
            <VisibleContent nodes={item.parent.content} />
          </blockquote>
        </section>
      )}
      {item.notes.comment + item.notes.author > 0 && <Late part={notes} given={{ item }} />}
      <ThreadFacts item={item} />
      <section>
        <button
          type="button"
          class="plain"
          aria-expanded={source.value}
          onClick={() => {
            source.value = !source.value
          }}
        >
          {w.source}
        </button>
        {source.value && (
          <pre class="source" dir="auto">
            <Visible text={item.body} />
          </pre>
        )}
        <p class="quiet">
          {w.posted} <Time at={item.createdAt} absolute />
        </p>
        {item.imported && <p class="quiet">{formatMessage(w.imported, { system: item.imported.system })}</p>}
      </section>
    </>
  )
}

/** The way to the comments this one resembles, itself among them. */
function Alike({ item }: { item: QueueItem }) {
  const desk = useDesk()
  const ids = item.findings.find((finding) => finding.code === 'near_duplicate')?.params.ids ?? []
  if (ids.length === 0) return null

  function show() {
    desk.queue.list.cursor.detailed.value = false
    desk.place.go({ ...unfiltered, tab: 'all', ids: [item.id, ...ids].join() })
  }

  return (
    <button type="button" class="plain" onClick={show}>
      {words('context').alike}
    </button>
  )
}
