import type { ToldType, waitingTypes } from '../contract/told.ts'
import type { ToldComment } from '../store/toldComments.ts'
import { chatWords } from '../words/chatWords.ts'
import { staffWords } from '../words/staffWords.ts'
import type { ChatMessage } from './chats/chat.ts'
import { quietText } from './quietText.ts'

/** Why a comment waits, at most so many reasons. */
const mostReasons = 4

/** Of a name, a title or a reason so many code points. */
const short = 120

interface Sent {
  /** Where people find this instance. */
  address: string
  /** Where the one who reads the chat decides without signing in; null where others read it, too. */
  decideUrl?: string | null
  id: string
}

/** What a chat is told of a comment that waits for staff, in the language of its site. */
export function commentMessage(
  type: ToldType,
  comment: ToldComment,
  { address, decideUrl, id }: Sent,
): ChatMessage {
  const { locale, siteName, pageTitle, author, body } = comment
  const { desk, say, finding } = staffWords(locale)
  const words = chatWords(locale)
  const reasons =
    type === 'comment.held'
      ? comment.findings.filter(({ weight }) => weight >= 0).map(finding)
      : type === 'comment.flagged'
        ? [
            say(desk.told.chip, {
              reasons: comment.flags
                .map(({ reason, count }) =>
                  say(desk.told.reason, { reason: desk.told.reasons[reason], count }),
                )
                .join(desk.comma),
            }),
          ]
        : []
  return {
    title: say(words[type as (typeof waitingTypes)[number]], { site: quietText(siteName, short) }),
    paragraphs: [
      ...(pageTitle ? [say(words.page, { page: quietText(pageTitle, short) })] : []),
      say(words.wrote, { author: quietText(author, short), text: quietText(body) }),
      ...(reasons.length > 0
        ? [
            reasons
              .slice(0, mostReasons)
              .map((reason) => `• ${quietText(reason, short)}`)
              .join('\n'),
          ]
        : []),
    ],
    link: decideUrl
      ? { label: words.decide, url: decideUrl }
      : { label: words.open, url: `${address}/dashboard?comment=${comment.id}` },
    id,
  }
}

/** What a chat is told of how much more waits. */
export function summaryMessage(
  { id: siteId, name, locale }: { id: string; name: string; locale: string },
  count: number,
  { address, id }: Sent,
): ChatMessage {
  const { say } = staffWords(locale)
  const words = chatWords(locale)
  return {
    title: say(words.more, { site: quietText(name, short), count }),
    paragraphs: [],
    link: { label: words.open, url: `${address}/dashboard?site=${siteId}` },
    id,
  }
}

/** What a chat is told to see whether it is. */
export function testMessage(
  { name, locale }: { name: string; locale: string },
  { id }: Pick<Sent, 'id'>,
): ChatMessage {
  const { say } = staffWords(locale)
  return {
    ...{
      title: say(chatWords(locale).test, { site: quietText(name, short) }),
      paragraphs: [],
      link: null,
      id,
    },
  }
}
