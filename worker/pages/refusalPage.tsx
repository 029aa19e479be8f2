import type { ComponentChildren } from 'preact'
import { wordsOn } from '../../widget/thread/server/rendering.ts'
import type { ErrorCode } from '../contract/errors.ts'
import { Document, htmlOf } from './document.tsx'

type Say = ReturnType<typeof wordsOn>['say']
type Word = Parameters<Say>[0]

/** What is wrong, and what its reader can do; of what is not named here the link is to blame. */
const told: Partial<Record<ErrorCode, [wrong: Word, todo?: Word]>> = {
  unknown_site: ['unknown_site', 'tellOwner'],
  wrong_origin: ['wrong_origin', 'tellOwner'],
  too_large: ['too_large', 'goBack'],
  not_configured: ['internal', 'tellOwner'],
  internal: ['internal'],
  rate_limited: ['rate_limited'],
  unavailable: ['internal'],
}

interface RefusalPage {
  code: ErrorCode
  /** Where this instance is, seen from the page. */
  root: string
  /** BCP 47. */
  lang: string
  /** All that the refused form sent; its text is given back. */
  sent: URLSearchParams
  /** Where the form can be sent again; null where its text can only be copied. */
  sendTo: string | null
  /** Where the page can be asked for again, once what kept it has passed. */
  retry: string | null
  /** The thread that was meant. */
  thread: string | null
}

/** A refusal, for readers without a script: what is wrong, what to do, and what they had written. */
export function refusalPage({ code, root, lang, sent, sendTo, retry, thread }: RefusalPage): string {
  const { say, tag } = wordsOn(lang)
  const [wrong, todo] = told[code] ?? ['badLink', 'noPage']
  return htmlOf(
    <Document lang={tag} title={say(wrong)} robots="noindex" root={root}>
      <h1>{say(wrong)}</h1>
      {todo && <p>{say(todo)}</p>}
      {sent.get('body') && <GivenBack say={say} sent={sent} sendTo={sendTo} />}
      {retry && <Link href={retry}>{say('retry')}</Link>}
      {thread && <Link href={thread}>{say('comments')}</Link>}
    </Document>,
  )
}

function Link({ href, children }: { href: string; children: ComponentChildren }) {
  return (
    <p>
      <a href={href}>{children}</a>
    </p>
  )
}

/** What was written, to be copied, or sent again to where it can be. */
function GivenBack({ say, sent, sendTo }: { say: Say } & Pick<RefusalPage, 'sent' | 'sendTo'>) {
  const others = [...sent].filter(([name]) => name !== 'body')
  const text = (
    <div>
      <label for="body" class="quiet">
        {say('written')}
      </label>
      {/* The first line break in a textarea is none of its text. */}
      <textarea id="body" name="body" dir="auto" readOnly={!sendTo} value={`\n${sent.get('body')}`} />
    </div>
  )
  return (
    <section class="thread">
      {sendTo ? (
        <form part="composer" method="post" action={sendTo}>
          {text}
          {others.map(([name, value]) => (
            <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
          ))}
          <footer class="actions">
            <button type="submit" class="send">
              <span>{say('retry')}</span>
            </button>
          </footer>
        </form>
      ) : (
        <form>{text}</form>
      )}
    </section>
  )
}
