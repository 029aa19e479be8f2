/** Services that tell by webhook what became of mails. */
export const mailEventProviders = ['resend', 'postmark', 'ses'] as const
export type MailEventProvider = (typeof mailEventProviders)[number]

/** By what such a service is known. */
export type MailEvents =
  /** A secret of Standard Webhooks. */
  | { provider: 'resend'; secret: string }
  /** Who it says it is by Basic authentication. */
  | { provider: 'postmark'; user: string; password: string }
  /** The topic of Amazon SNS that SES publishes to. */
  | { provider: 'ses'; topic: string }

/** What the variable `MAIL_EVENTS` takes, for whoever gave something else. */
const takes =
  'takes resend:whsec_…, postmark:USER:PASSWORD with a password of 16 characters or more, or ses:arn:aws:sns:REGION:ACCOUNT:TOPIC'

/** Who tells what became of mails, as the variable `MAIL_EVENTS` says it. What is wrong is told without secrets. */
export function mailEventsOf(text: string): MailEvents | { wrong: string } {
  const [, provider = '', rest = ''] = /^([a-z]+):(.*)$/s.exec(text.trim()) ?? []
  if (provider === 'resend' && /^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/.test(rest))
    return { provider, secret: rest }
  const [, user, password] = /^([^:\s]{1,100}):([\x21-\x7e]{16,200})$/.exec(rest) ?? []
  if (provider === 'postmark' && user && password) return { provider, user, password }
  if (provider === 'ses' && /^arn:aws[a-z-]*:sns:[a-z0-9-]{5,30}:\d{12}:[\w.-]{1,256}$/.test(rest))
    return { provider, topic: rest }
  return { wrong: takes }
}
