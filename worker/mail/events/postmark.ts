import { isEqual } from '../../crypto.ts'
import { type Ended, ended, part, type Request } from './event.ts'

/** Whether a request names a user and a password by Basic authentication. */
export async function isFromPostmark(
  { headers }: Request,
  { user, password }: { user: string; password: string },
): Promise<boolean> {
  const right = btoa(String.fromCharCode(...new TextEncoder().encode(`${user}:${password}`)))
  return isEqual(headers.get('authorization') ?? '', `Basic ${right}`)
}

/** Addresses that an event of Postmark ends: https://postmarkapp.com/developer/webhooks/bounce-webhook. */
export function endedByPostmark(event: unknown): Ended[] {
  const kind = part(event, 'RecordType')
  if (kind === 'SpamComplaint' || part(event, 'Type') === 'SpamComplaint')
    return ended([part(event, 'Email')], 'complained')
  if (kind === 'Bounce')
    return part(event, 'Inactive') === true ? ended([part(event, 'Email')], 'bounced') : []
  if (kind !== 'SubscriptionChange' || part(event, 'SuppressSending') !== true) return []
  const isBounce = part(event, 'SuppressionReason') === 'HardBounce'
  return ended([part(event, 'Recipient')], isBounce ? 'bounced' : 'complained')
}
