import { mailEventsOf } from '../../contract/mailEvents.ts'
import type { Env } from '../../env.ts'
import type { Ended, Request } from './event.ts'
import { endedByPostmark, isFromPostmark } from './postmark.ts'
import { endedByResend, isFromResend } from './resend.ts'
import { confirmTopic, endedBySes, isFromTopic } from './ses.ts'

/** A request that says it is of a service. */
export interface Told extends Request {
  provider: string
}

/**
 * The addresses that a service tells to be over.
 *
 * @returns `unknown` for a service that this instance does not hear, `forged` where the request is not of that one
 * @throws Unavailable where that can't be told now
 */
export async function toldOfMails(
  env: Env,
  told: Told,
  now: number,
): Promise<Ended[] | 'unknown' | 'forged'> {
  const heard = mailEventsOf(env.MAIL_EVENTS ?? '')
  if ('wrong' in heard || heard.provider !== told.provider) return 'unknown'
  const event = parsed(told.body)
  switch (heard.provider) {
    case 'resend':
      return (await isFromResend(told, heard.secret, now)) ? endedByResend(event) : 'forged'
    case 'postmark':
      return (await isFromPostmark(told, heard)) ? endedByPostmark(event) : 'forged'
    case 'ses': {
      if (!(await isFromTopic(env, event, heard.topic))) return 'forged'
      await confirmTopic(env, event)
      return endedBySes(parsed(String((event as { Message?: string }).Message)))
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
