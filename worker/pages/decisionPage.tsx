import { Content } from '../../widget/common/content.tsx'
import type { QueueItem } from '../contract/queue.ts'
import type { StaffWords } from '../words/staffWords.ts'
import { htmlOf } from './document.tsx'
import { MessageFrame, Theirs } from './messagePage.tsx'

export interface DecisionPage {
  words: StaffWords
  /** Where this instance is, seen from the page. */
  root: string
  item: QueueItem
  /** By which name one decides. */
  name: string
  timeZone: string
  /** Whether it waits for a decision. */
  waits: boolean
  /** What was decided, by its id, where it is of who opened the page and still stands. */
  undoable: string | null
  /** Why what was asked for was not done. */
  problem: string | null
  /** The reasons for a refusal on this site, in words. */
  reasons: { code: string; text: string }[]
}

/** A comment that a message told of, to be decided on: `/m/:token`. */
export function decisionPage(page: DecisionPage): string {
  const { words, root, item, name, waits, undoable, problem } = page
  const { desk, message, say } = words
  return htmlOf(
    <MessageFrame words={words} root={root} title={waits ? message.heading : message.decided}>
      <p class="quiet">
        <Theirs>{item.site.name}</Theirs>
      </p>
      <h1>{waits ? message.heading : message.decided}</h1>
      {problem && (
        <p class="notice" role="alert">
          {problem}
        </p>
      )}
      {!waits && !problem && <p role="status">{standing(page)}</p>}
      {undoable && (
        <form method="post" class="decide">
          <input type="hidden" name="decision" value={undoable} />
          <button type="submit" name="action" value="undo">
            {desk.undo}
          </button>
        </form>
      )}
      <Comment {...page} />
      {waits && <Why {...page} />}
      {waits && <Decide {...page} />}
      <p class="quiet">{say(message.asWhom, { name })}</p>
      <p>
        <a href={`${root}/dashboard?comment=${item.id}`}>{message.dashboard}</a>
      </p>
    </MessageFrame>,
  )
}

/** What was decided of a comment, and by whom. */
function standing({ words: { desk, say }, item: { decision, status } }: DecisionPage): string {
  if (!decision) return say(desk.lost.state, { status: desk.status[status] })
  const { action, byKind, by } = decision
  const name =
    byKind === 'screening'
      ? desk.screening
      : byKind === 'author'
        ? desk.author
        : byKind === 'operator'
          ? desk.operator
          : by
  return say(desk.by[action === 'edit' && byKind !== 'author' ? 'staffEdit' : action], { name })
}

function Comment({ words, item, timeZone }: DecisionPage) {
  const { message, say, tag } = words
  const { author, thread, parent } = item
  const title = thread.title || thread.key
  const style = { dateStyle: 'medium', timeStyle: 'short', timeZone } as const
  return (
    <section class="comment">
      <p>
        <b>{say(message.by, { name: author.name })}</b>
        <br />
        <span class="quiet">
          <time dateTime={item.createdAt}>
            {new Intl.DateTimeFormat(tag, style).format(new Date(item.createdAt))}
          </time>{' '}
          ·{' '}
          {thread.url ? (
            <a href={thread.url}>
              <Theirs>{title}</Theirs>
            </a>
          ) : (
            <Theirs>{title}</Theirs>
          )}
        </span>
      </p>
      {parent && (
        <div class="quiet parent">
          <p>{say(message.answers, { name: parent.name })}</p>
          <div dir="auto">
            <Content nodes={parent.content} />
          </div>
        </div>
      )}
      <div class="text" dir="auto">
        <Content nodes={item.content} />
      </div>
      {item.shown && <p class="quiet">{words.desk.stillShown}</p>}
    </section>
  )
}

/** What speaks for a look: what screening found, what readers said, and what its author says. */
function Why({ words, item }: DecisionPage) {
  const { message, desk, say, finding } = words
  const { findings, flags, appeal, appealed } = item
  return (
    <>
      {findings.length > 0 && (
        <section>
          <h2>{message.why}</h2>
          <ul>
            {findings.map((one) => (
              <li key={one.code}>{finding(one)}</li>
            ))}
          </ul>
        </section>
      )}
      {flags && (
        <section>
          <h2>{message.readersSay}</h2>
          <ul>
            {Object.entries(flags.reasons).map(([reason, count]) => (
              <li key={reason}>
                {say(desk.told.reason, {
                  reason: desk.told.reasons[reason as keyof typeof desk.told.reasons],
                  count,
                })}
              </li>
            ))}
          </ul>
          {flags.notes.map((note, at) => (
            <blockquote key={at} dir="auto">
              {note}
            </blockquote>
          ))}
        </section>
      )}
      {appealed?.state === 'open' && (
        <section>
          <h2>{message.authorSays}</h2>
          {appeal && <blockquote dir="auto">{appeal}</blockquote>}
        </section>
      )}
    </>
  )
}

function Decide({ words: { desk, message }, item, reasons }: DecisionPage) {
  const keeps = item.status === 'approved'
  return (
    <form method="post" class="decide">
      <input type="hidden" name="status" value={item.status} />
      <p class="actions">
        <button type="submit" name="action" value="approve" class="first">
          {keeps ? desk.decide.keep : item.shown ? desk.decide.approveChange : desk.decide.approve}
        </button>
        <button type="submit" name="action" value="spam">
          {desk.decide.spam}
        </button>
      </p>
      <p class="actions">
        <label>
          {message.reason}
          <select name="reason">
            <option value="">{message.noReason}</option>
            {reasons.map(({ code, text }) => (
              <option key={code} value={code}>
                {text}
              </option>
            ))}
          </select>
        </label>
        {item.shown && (
          <button type="submit" name="action" value="reject_change">
            {message.rejectChange}
          </button>
        )}
        <button type="submit" name="action" value="reject">
          {message.reject}
        </button>
      </p>
    </form>
  )
}
