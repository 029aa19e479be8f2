import type { World } from '../commands/world.ts'
import { maskedAddress } from '../contract/mailAddress.ts'
import { Refusal } from '../http/refusal.ts'
import { readMail, type WrittenMail } from '../mail/readMail.ts'

/** What opens something in a link of ours, behind the part that says what it opens. */
const keys = /(\/[ms]\/(?:address\/)?|#sign-in=)[\w.~\u2060-]{6,}/g

/**
 * A mail that was written into a file, in place of being sent. Where others than who runs this instance can reach it,
 * nobody sees whom it went to, nor what opens its links.
 *
 * @throws Refusal `not_found`
 */
export async function writtenMail({ env }: Pick<World, 'env'>, id: string): Promise<WrittenMail> {
  const mail = await readMail(env, id)
  if (!mail) throw new Refusal('not_found')
  if (env.SERVED_AT) return mail
  const { to, text, html, ...rest } = mail
  return { ...rest, to: maskedAddress(to), text: text.replace(keys, '$1…'), html: html.replace(keys, '$1…') }
}
