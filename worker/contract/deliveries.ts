import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import { siteId } from './input.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'

export const deliveryStatuses = ['waiting', 'delivered', 'dead'] as const

/** How a letter to staff fails whose link does nothing any more: sent again it would fail again. */
export const linkOver = 'its link has ended'

/** What is still to be delivered, what was, and what was given up. */
export type DeliveryStatus = (typeof deliveryStatuses)[number]

/** An item of `GET /v1/deliveries`. */
export const delivery = v.object({
  id: v.string(),
  /** Null for mail about accounts, which belongs to no site. */
  site: v.nullable(v.string()),
  status: v.picklist(deliveryStatuses),
  /** The kind of a destination. */
  destination: v.string(),
  /** What happened, as in the audit log. */
  act: v.string(),
  /** Whom it is for, as may be shown; null where that is not one. */
  recipient: v.nullable(v.string()),
  commentId: v.nullable(v.string()),
  attempts: whole,
  /** What was answered, or how it failed last; null where it was not tried yet. */
  answer: v.nullable(v.string()),
  /** When what it tells of happened. */
  createdAt: moment,
  /** When it is due, was delivered or was given up. */
  at: moment,
})
export type DeliveryItem = v.InferOutput<typeof delivery>

export const deliveriesQuery = v.strictObject({
  /** Without one it lists what belongs to no site: mail about accounts. */
  site: v.optional(siteId),
  status: v.optional(v.picklist(deliveryStatuses, 'invalid'), 'waiting'),
  /** Where the page before ended. */
  cursor: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'invalid'), v.transform(Number))),
})

export const listDeliveries = {
  summary:
    'Lists what is to be delivered, was delivered in the last month, or was given up, the latest first. Mail about accounts belongs to no site: it is listed without one, to those whose are all sites.',
  query: deliveriesQuery,
  answers: { 200: page(delivery) },
} satisfies Operation

/** A mail that was written into a file: `written to mail/ID.eml` is the answer of its delivery. */
const writtenMail = v.object({
  subject: v.string(),
  from: v.string(),
  to: v.string(),
  text: v.string(),
})
export type WrittenMail = v.InferOutput<typeof writtenMail>

export const readMail = {
  summary:
    'Shows a mail that was written into the data folder, to people whose are all sites: without what opens its links, where others can reach this instance.',
  answers: { 200: writtenMail },
} satisfies Operation

export const readMailHtml = {
  summary: 'Shows such a mail as mail programs do: a page without scripts, for a frame.',
  answers: { 200: 'text/html' },
} satisfies Operation

export const retryDelivery = {
  summary: 'Has tried again at once what was given up, or waits after a failure.',
  answers: { 202: null },
} satisfies Operation
