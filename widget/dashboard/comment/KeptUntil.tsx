import type { CommentHistory } from '../../../worker/contract/commentHistory.ts'
import { formatMessage, tag, words } from '../core/words.ts'

const parts = ['comment', 'email', 'formerTexts', 'notes'] as const

/** Until when the site keeps a comment and its parts; nothing where it keeps them for good. */
export function KeptUntil({ found }: { found: CommentHistory }) {
  const w = words('comment').keptUntil
  const format = new Intl.DateTimeFormat(tag(), { dateStyle: 'long' })
  const ends = parts.flatMap((part) => {
    const until = found.keptUntil[part]
    return until === null ? [] : [formatMessage(w[part], { date: format.format(Date.parse(until)) })]
  })
  return ends.length > 0 ? <p class="quiet">{ends.join(' ')}</p> : null
}
