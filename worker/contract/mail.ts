import * as v from 'valibot'
import { languages } from './languages.ts'
import { mailAddress } from './mailAddress.ts'
import type { Operation } from './operation.ts'

/** `POST /v1/mail/tests`: to whom, and in which language. */
export const newMailTest = v.strictObject({
  to: mailAddress,
  locale: v.optional(v.picklist(languages), 'en'),
})

/** What became of it. */
export const mailTest = v.object({
  sent: v.boolean(),
  /** How this instance sends mail, without its secrets; null where it sends none. */
  way: v.nullable(v.string()),
  from: v.nullable(v.string()),
  /** What the server answered, or what went wrong. */
  answer: v.string(),
})
export type MailTest = v.InferOutput<typeof mailTest>

export const testMail = {
  summary:
    'Sends a mail to an address and tells what the server answered. An address that was ended before gets mail again.',
  body: newMailTest,
  answers: { 200: mailTest },
} satisfies Operation

export const takeMailEvents = {
  summary:
    'Takes what Resend, Postmark or Amazon SNS tell of mails. Addresses that bounced, or whose readers complained, get none from then on. Each signs as it does; `MAIL_EVENTS` says by what it is known.',
  answers: { 204: null },
} satisfies Operation
