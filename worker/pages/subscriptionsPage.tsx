import type { ComponentChildren } from 'preact'
import { wordsOn } from '../../widget/thread/server/rendering.ts'
import type { SubscriptionKind } from '../contract/subscriptions.ts'
import { Document, htmlOf } from './document.tsx'

/** Something that a subscriber is told of, or would be. */
interface Item {
  kind: SubscriptionKind
  commentSeq: number
  threadKey: string
  /** What the page is called, and where it is; empty and null where that is not known. */
  title: string
  url: string | null
}

/** What was just done. */
export type Done = 'confirm' | 'end' | 'endAll' | 'complain'

interface SubscriptionsPage {
  /** Where this instance is, seen from the page. */
  root: string
  /** BCP 47. */
  lang: string
  /** What the site is called. */
  site: string
  /** The subscriber's address as it may be shown; empty where they have ended all. */
  address: string
  /** What waits to be confirmed: by this link, not any more by it, or not by one of its kind. */
  asked: Item[]
  confirms: 'yes' | 'late' | 'no'
  /** What they are told of. */
  told: Item[]
  /** When the page was made, in milliseconds since the epoch: what was asked for later is not confirmed by it. */
  shownAt: number
  done: Done | null
}

type Say = ReturnType<typeof wordsOn>['say']

const words = { fate: 'mailFate', replies: 'mailReplies', thread: 'mailThread' } as const

const outcomes = {
  confirm: 'mailConfirmed',
  end: 'mailEnded',
  endAll: 'mailEnded',
  complain: 'mailComplained',
} as const

/** What a reader is told of by mail, and how to end that: `/s/:token`. It needs no script. */
export function subscriptionsPage(page: SubscriptionsPage): string {
  const { root, lang, site, address, asked, confirms, told, done } = page
  const { say, tag } = wordsOn(lang)
  const isAsked = asked.length > 0 && confirms === 'yes'
  const isLate = asked.length > 0 && confirms === 'late'
  return htmlOf(
    <Document
      lang={tag}
      title={say('mailTitle', { site: isolated(site) })}
      robots="noindex"
      root={root}
      sheet="message"
    >
      <h1>{say('mailTitle', { site: isolated(site) })}</h1>
      {address && (
        <p class="quiet">
          {say('mailTo', { address: '' })}
          <bdi>{address}</bdi>
        </p>
      )}
      {done && (
        <p class="notice" role="status">
          {say(outcomes[done])}
        </p>
      )}
      {isLate && <p class="notice">{say('mailLate')}</p>}
      {isAsked && (
        <section>
          <h2>{say('mailAsk')}</h2>
          <ul>
            {together(asked).map(([first, ...others]) => (
              <li key={keyOf(first)}>
                {[first, ...others].map((item) => (
                  <p key={item.kind} id={idOf(item)}>
                    <About say={say} item={item} />
                  </p>
                ))}
                <Act act="confirm" fields={{ shownAt: String(page.shownAt), ...placeOf(first) }}>
                  <button
                    type="submit"
                    class="first"
                    aria-describedby={[first, ...others].map(idOf).join(' ')}
                  >
                    {say('mailYes')}
                  </button>
                </Act>
              </li>
            ))}
          </ul>
          <p class="quiet">{say('mailIgnore')}</p>
        </section>
      )}
      {told.length > 0 && (
        <section id="end">
          <h2>{say('mailTold')}</h2>
          <Endable say={say} items={told} />
        </section>
      )}
      {asked.length > 0 && !isAsked && (
        <section>
          <h2>{say('mailAsked')}</h2>
          <Endable say={say} items={asked} />
        </section>
      )}
      {told.length === 0 && !isAsked && done !== 'complain' && <p>{say('mailNone')}</p>}
      {address && (
        <section class="actions" id="complaint">
          {told.length > 0 && (
            <Act act="endAll">
              <button type="submit">{say('mailEndAll')}</button>
            </Act>
          )}
          <Act act="complain">
            <button type="submit">{say('mailComplain')}</button>
          </Act>
        </section>
      )}
    </Document>,
  )
}

/** What can be ended, each by itself. */
function Endable({ say, items }: { say: Say; items: Item[] }) {
  return (
    <ul>
      {items.map((item) => (
        <li key={keyOf(item)}>
          <About say={say} item={item} />
          <Act act="end" fields={namesOf(item)}>
            <button type="submit">{say('mailEnd')}</button>
          </Act>
        </li>
      ))}
    </ul>
  )
}

/** A form that does one thing, at the page's own address. */
function Act({
  act,
  fields = {},
  children,
}: {
  act: Done
  fields?: Record<string, string>
  children: ComponentChildren
}) {
  return (
    <form method="post" class="decide">
      <input type="hidden" name="act" value={act} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  )
}

function About({ say, item: { kind, title, url } }: { say: Say; item: Item }) {
  const about = say(words[kind], { title: isolated(title) })
  return url ? (
    <a href={url} rel="noreferrer">
      {about}
    </a>
  ) : (
    <span>{about}</span>
  )
}

/** A name in whatever direction it is written, apart from the words around it. */
const isolated = (name: string) => name && `\u2068${name}\u2069`

const placeOf = ({ commentSeq, threadKey }: Item) => ({ commentSeq: String(commentSeq), threadKey })

const namesOf = (item: Item) => ({ kind: item.kind, ...placeOf(item) })

const idOf = (item: Item) => `asked-${encodeURIComponent(keyOf(item))}`

/** Those about the same comment or thread together, which one button confirms. */
function together(items: Item[]): [Item, ...Item[]][] {
  const groups = new Map<string, [Item, ...Item[]]>()
  for (const item of items) {
    const key = Object.values(placeOf(item)).join(' ')
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return [...groups.values()]
}

const keyOf = (item: Item) => Object.values(namesOf(item)).join(' ')
