import * as v from 'valibot'
import { languages } from '../contract/languages.ts'
import { mailAddress } from '../contract/mailAddress.ts'
import type { Work } from './siteCommands.ts'
import { Refusal } from './terminal.ts'

/** Sends a mail to see whether it arrives, and says what happened. */
export function testMail(address: string, locale?: string): Work {
  const { success, output } = v.safeParse(mailAddress, address)
  if (!success) throw new Refusal(`"${address}" is no mail address. Try you@example.org.`)
  if (locale && !languages.some((language) => language === locale))
    throw new Refusal(`--locale takes ${languages.join(', ')}, not "${locale}".`)
  return async (instance) => {
    const { sent, way, from, answer } = await instance.testMail(output, locale)
    if (!way)
      throw new Refusal(`Not sent: ${answer}. /docs/mail says how to set HANKYO_MAIL and HANKYO_MAIL_FROM.`)
    const how = `${way}, from ${from}`
    if (!sent) throw new Refusal(`Not sent to ${output}: ${answer}. (${how})`)
    return `Sent to ${output}.\n  How      ${how}\n  Answer   ${answer}\n  If it does not come, look among spam, then at SPF, DKIM and DMARC on /docs/mail.`
  }
}
