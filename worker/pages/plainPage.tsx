import { type Rendering, wordsOn } from '../../widget/thread/server/rendering.ts'
import { ServedThread } from '../../widget/thread/server/ServedThread.tsx'
import { Document, htmlOf } from './document.tsx'
import { FeedLink, feedAddress } from './feedLink.tsx'
import { timeAhead } from './timeAhead.ts'

interface PlainPage {
  rendering: Rendering
  /** Whether a comment was just received. */
  received?: boolean
  /** Seconds until whoever sent a comment may send it again, which a page without a script tells in no time of their day. */
  wait?: number
  /** What names the comment of whoever asks, and its page: `own` is its id and its author's token. */
  followed?: { key: string; lang: string; title: string; own: string }
  /** A sentence in place of the form, where the site's pages take comments by script only. */
  needsScript?: boolean
}

/** A thread on a page of its own, which needs no script: `/t/:site`. */
export function plainPage({ rendering, received, wait, followed, needsScript }: PlainPage): string {
  const { host, lang, page, title } = rendering
  const { say, tag } = wordsOn(lang)
  const { url: article, count, closed } = page.thread
  // An empty thread has its form in view. Where the form for an answer is open, it is the only one.
  const leads = count > 0 && !closed && rendering.writing?.parentId === ''
  return htmlOf(
    <Document
      lang={tag}
      title={say('title', { title })}
      robots="noindex,follow"
      root={host}
      head={
        <>
          {article && <link rel="canonical" href={article} />}
          <FeedLink rendering={rendering} />
        </>
      }
    >
      {(article || leads) && (
        <p class="actions">
          {article && <a href={article}>{say('article')}</a>}
          {leads && <a href="#body-">{say('write')}</a>}
        </p>
      )}
      {received && (
        <p class="notice" role="status">
          {say('received')}
        </p>
      )}
      {wait !== undefined && (
        <p class="notice" role="alert">
          {say('slowly', { time: timeAhead(wait, tag) })}
        </p>
      )}
      {/* By a form, since an address is kept by logs and histories, and a token is nobody else's. */}
      {followed && (
        <form class="notice" method="post" action={`${host}/t/${rendering.site}`}>
          {Object.entries(followed).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {say('follow')} <button type="submit">{say('checkNow')}</button>
        </form>
      )}
      {needsScript && <p class="notice">{say('needsScript')}</p>}
      <ServedThread rendering={rendering} />
      <footer>
        <a href={feedAddress(rendering)}>{say('feed')}</a>
      </footer>
    </Document>,
  )
}
