import { isEqual, sign } from '../../crypto.ts'
import { type Ended, ended, listed, part, type Request } from './event.ts'

/** Milliseconds by which the clock of the service may differ, and that a request may be on its way. */
const tolerance = 300_000

/** Whether a request is signed as Standard Webhooks say, by this secret and lately: https://www.standardwebhooks.com. */
export async function isFromResend(
  { headers, body }: Request,
  secret: string,
  now: number,
): Promise<boolean> {
  const header = (name: string) => headers.get(`svix-${name}`) ?? headers.get(`webhook-${name}`) ?? ''
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map(header) as [string, string, string]
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now - Number(timestamp) * 1000) > tolerance) return false
  const right = `v1,${await sign(secret, `${id}.${timestamp}.${body}`)}`
  const answers = await Promise.all(
    signatures
      .split(' ')
      .slice(0, 10)
      .map((one) => isEqual(one, right)),
  )
  return answers.includes(true)
}

/** Addresses that an event of Resend ends: https://resend.com/docs/webhooks/event-types. */
export function endedByResend(event: unknown): Ended[] {
  const data = part(event, 'data')
  const to = listed(part(data, 'to'))
  const type = part(event, 'type')
  if (type === 'email.complained') return ended(to, 'complained')
  const isForGood = part(part(data, 'bounce'), 'type') === 'Permanent'
  return type === 'email.suppressed' || (type === 'email.bounced' && isForGood) ? ended(to, 'bounced') : []
}
