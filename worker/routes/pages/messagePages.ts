import type { Ctx } from '../../access/identity.ts'
import { messagePageHeaders } from '../../http/headers.ts'
import { preferred } from '../../http/language.ts'
import { rootOf } from '../../http/publicUrl.ts'
import type { Refusal } from '../../http/refusal.ts'
import { notePage } from '../../pages/notePage.tsx'
import type { Moderator } from '../../store/staff.ts'
import { staffWords } from '../../words/staffWords.ts'

/** The words in which a page speaks that a message leads to: those of its person, where they are known. */
export const wordsFor = (c: Ctx, person: Pick<Moderator, 'locale'> | null) =>
  staffWords(person?.locale ?? preferred(c.req.header('accept-language')) ?? 'en')

/** Sends a page that a message leads to: kept, framed and found by nobody, and no other host is told its address. */
export function sendMessagePage(c: Ctx, html: string, status = 200): Response {
  for (const [name, value] of Object.entries(messagePageHeaders)) c.header(name, value)
  return c.html(html, status as 200)
}

/** An error on such a page, in words. */
export function refuseOnMessagePage(c: Ctx, { code, status }: Refusal): Response {
  const words = wordsFor(c, null)
  const { message } = words
  const title = code === 'rate_limited' ? message.tooMany : status >= 500 ? message.failed : message.forged
  return sendMessagePage(c, notePage({ words, root: rootOf(c), title }), status)
}
