import { useSignal } from '@preact/signals'
import { useMemo, useRef } from 'preact/hooks'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { Mention } from '../../../worker/contract/notes.ts'
import { detailOf } from '../core/connection.ts'
import { historyOf, pageOfAuthor } from '../core/location.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { RecordList } from '../ui/RecordList.tsx'
import { records } from '../ui/records.ts'
import { Time } from '../ui/Time.tsx'
import { Visible } from '../ui/Visible.tsx'

/** Notes that name who sits at the desk: those not seen yet first, then the others. */
export function MentionsPage() {
  const { connection, mentions } = useDesk()
  const fresh = useMemo(() => records<Mention>(connection, '/v1/mentions'), [connection])
  const list = useMemo(() => {
    const all = records<Mention>(connection, '/v1/mentions')
    return {
      ...all,
      load(query?: string) {
        fresh.load('?unseen=true').then(() => mentions.look())
        return all.load(query)
      },
    }
  }, [connection, fresh, mentions])
  const error = useSignal<ErrorDetail | null>(null)
  const first = useRef<HTMLHeadingElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const w = words('mentions')
  const unseen = fresh.items.value
  const unread = fresh.phase.value !== 'ready' && list.phase.value !== 'failed' && fresh.error.value

  async function see(notes: string[]) {
    try {
      await mentions.see(notes)
    } catch (reason) {
      error.value = detailOf(reason)
      return
    }
    error.value = null
    fresh.items.value = fresh.items.peek().filter(({ note }) => !notes.includes(note.id))
    list.items.value = list.items
      .peek()
      .map((one) => (notes.includes(one.note.id) ? { ...one, seen: true } : one))
  }
  async function seeAll() {
    await see(unseen.map(({ note }) => note.id))
    await fresh.load('?unseen=true')
    if (fresh.items.peek().length === 0) heading.current?.focus()
  }

  async function readAgain() {
    await fresh.load('?unseen=true')
    if (fresh.phase.peek() === 'ready') (first.current ?? heading.current)?.focus()
  }

  return (
    <RecordList
      title={w.title}
      note={w.note}
      none={w.none}
      list={list}
      row={(one) => one.seen && <Row key={one.note.id} mention={one} />}
    >
      {error.value && <p role="alert">{formatMessage(w.failed, { error: errorWords(error.value) })}</p>}
      {unread && (
        <div class="state" role="alert">
          <p>{formatMessage(words().loadFailed, { error: errorWords(unread) })}</p>
          <button type="button" onClick={readAgain}>
            {words().tryAgain}
          </button>
        </div>
      )}
      {unseen.length > 0 && (
        <section class="unseen-mentions" aria-labelledby="mentions-new">
          <h2 ref={first} id="mentions-new" tabIndex={-1}>
            {w.fresh}
          </h2>
          <ul class="records">
            {unseen.map((one) => (
              <Row key={one.note.id} mention={one} see={() => see([one.note.id])} />
            ))}
          </ul>
          <p class="actions">
            <button type="button" onClick={seeAll}>
              {formatMessage(w.seeAll, { count: unseen.length })}
            </button>
          </p>
        </section>
      )}
      {list.items.value.some(({ seen }) => seen) && (
        <h2 ref={heading} tabIndex={-1}>
          {w.seen}
        </h2>
      )}
    </RecordList>
  )
}

/** A note, who wrote it, and what it is about. Whoever follows its link has seen it. */
function Row({ mention, see }: { mention: Mention; see?: () => void }) {
  const session = useDesk().session.session.value
  const { note, commentId, authorId, authorName, siteId } = mention
  const w = words('mentions')
  const name = authorName ?? ''
  const about = commentId === null ? (name ? w.ofAuthor : w.author) : name ? w.comment : w.unnamed
  const site = session && session.sites.length > 1 ? session.sites.find(({ id }) => id === siteId) : undefined
  return (
    <li>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the link in it takes the keys */}
      <div onClick={(event) => (event.target as Element).closest('a') && see?.()}>
        <p class="said" dir="auto">
          <Visible text={note.body} />
        </p>
        <p class="quiet">
          <bdi>{note.by.name}</bdi> · <Time at={note.at} />
          {site && (
            <>
              {' · '}
              <bdi>{site.name}</bdi>
            </>
          )}
        </p>
        <p>
          <PlaceLink to={commentId === null ? pageOfAuthor(authorId) : historyOf(commentId)}>
            {formatMessage(about, { name })}
          </PlaceLink>
        </p>
      </div>
    </li>
  )
}
