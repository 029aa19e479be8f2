import { signal, useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Sightings } from '../../../worker/contract/sightings.ts'
import type { ListedSite } from '../../../worker/contract/site.ts'
import { folder } from '../core/folder.ts'
import { formatMessage, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { Time } from '../ui/Time.tsx'

/** Milliseconds between two looks whether a page asked for the thread. */
const pace = 3_000

/** The lines that put a site's threads on its pages, and on which pages they were seen; that is looked up again and again. */
export function EmbedLines({ site }: { site: ListedSite }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const box = useRef<HTMLPreElement>(null)
  const copied = useSignal(false)
  const w = words('sites')
  useEffect(() => heading.current?.focus(), [])
  const lines = linesFor(site.id)

  async function copy() {
    try {
      await navigator.clipboard.writeText(lines)
      copied.value = true
    } catch {
      // Where the clipboard is refused, they can be copied by hand.
      if (box.current) getSelection()?.selectAllChildren(box.current)
    }
  }

  return (
    <section class="embed-lines" aria-label={formatMessage(w.linesOf, { name: site.name })}>
      <h3 ref={heading} tabIndex={-1}>
        {w.paste}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it may scroll, which the keyboard must reach */}
      <pre ref={box} tabIndex={0} dir="ltr">
        <code>{lines}</code>
      </pre>
      <p class="acts">
        <button type="button" onClick={copy}>
          {copied.value ? words().copied : words().copy}
        </button>
        <a href={`${folder()}/docs/embed`} target="_blank" rel="noopener">
          {w.more}
        </a>
      </p>
      <Seen site={site} />
    </section>
  )
}

/** What goes into a page; the link is for browsers without a script. */
function linesFor(id: string): string {
  const host = location.origin + folder()
  return `<script type="module" src="${host}/embed.js"></script>
<hankyo-thread site="${id}"><a href="${host}/t/${id}" referrerpolicy="unsafe-url">Comments</a></hankyo-thread>`
}

function Seen({ site }: { site: ListedSite }) {
  const { connection } = useDesk()
  const seen = useMemo(() => signal<Sightings | null>(null), [])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    let isOver = false
    const look = async () => {
      try {
        if (!document.hidden)
          seen.value = (await connection.ask<Sightings>('GET', `/v1/sites/${site.id}/sightings`)).data
      } catch {
        // The next look may be answered.
      }
      if (!isOver) timer = setTimeout(look, pace)
    }
    look()
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [connection, seen, site.id])
  const w = words('sites')
  const { items = [], unregistered = null } = seen.value ?? {}
  return (
    <div class="seen" role="status">
      {seen.value && items.length === 0 && <p>{w.unseen}</p>}
      {items.map(({ origin, url, at }) => (
        <p key={origin} class="good">
          ✓ {w.seen}{' '}
          <a href={url} target="_blank" rel="noopener noreferrer">
            <bdi>{url}</bdi>
          </a>{' '}
          · <Time at={at} />
        </p>
      ))}
      {unregistered && (
        <p class="warn">
          {formatMessage(w.stranger, { origin: unregistered.origin })}{' '}
          <PlaceLink to={{ page: 'settings', site: site.id }}>{w.toSettings}</PlaceLink>
        </p>
      )}
    </div>
  )
}
