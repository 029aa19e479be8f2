import * as v from 'valibot'
import { moment } from './answers.ts'
import { count, siteId } from './input.ts'
import { mailAddress } from './mailAddress.ts'
import type { Operation } from './operation.ts'

export const paces = ['never', 'at_once', 'minutes', 'daily'] as const

/** How often somebody is told: of each thing at once, at most every so many minutes, once a day, or never. */
export type Pace = (typeof paces)[number]

/** The most minutes between two messages of the pace `minutes`: a day has its own. */
export const mostMinutes = 720

const hour = count(0, 23)

const entries = {
  pace: v.picklist(paces),
  /** For the pace `minutes`. */
  minutes: count(1, mostMinutes),
  /** For the pace `daily`: an hour of the person's day. */
  hour,
  /** Whether to be told of comments that wait for a decision. */
  held: v.boolean(),
  /** Whether to be told of appeals, and of comments that readers reported. */
  disputed: v.boolean(),
}

/** What somebody wants to be told, and how often. */
export const choice = v.object(entries)
export type Choice = v.InferOutput<typeof choice>

/** Hours of a person's day in which nothing is sent: from one, until another, over midnight where it is less. */
const quiet = { from: hour, until: hour }
export type QuietHours = { from: number; until: number }

const everyDay: Choice = { pace: 'never', minutes: 15, hour: 9, held: true, disputed: true }

/**
 * What somebody is told who has not chosen: an owner hears within a quarter of an hour that something waits, since
 * nobody else may be looking; moderators choose for themselves.
 */
export const usualChoice = { owner: { ...everyDay, pace: 'minutes' }, moderator: everyDay } as const

export const blockReasons = ['bounced', 'refused', 'complained'] as const

/** Why mail does not arrive: it came back, its server refused it for good, or whoever reads there complained. */
export type BlockReason = (typeof blockReasons)[number]

/** That mail to somebody of staff does not arrive. Only what was refused is tried again; all end with a new confirmation, a complaint only where whoever confirmed the address before asks for that. */
export const mailTrouble = v.object({
  address: v.string(),
  why: v.picklist(blockReasons),
  since: moment,
  /** What the address' server answered last, where that is known. */
  answer: v.nullable(v.string()),
})
export type MailTrouble = v.InferOutput<typeof mailTrouble>

/** `GET /v1/notifications` */
export const notifications = v.object({
  /** Whether this instance sends mail. */
  sendsMail: v.boolean(),
  /** Where they are told: an address that they have confirmed. */
  address: v.nullable(v.string()),
  /** An address that was typed, and waits to be confirmed. */
  asked: v.nullable(v.string()),
  /** Null where nothing is known that keeps mail from arriving. */
  trouble: v.nullable(mailTrouble),
  /** For all of their sites that have no choice of their own. */
  choice,
  sites: v.array(v.object({ site: v.string(), choice })),
  quiet: v.nullable(v.object(quiet)),
  /** By which hours are meant. */
  timeZone: v.string(),
})
export type Notifications = v.InferOutput<typeof notifications>

const newChoice = v.strictObject(entries)

/** `PATCH /v1/notifications`; what is left out stays. */
export const notificationsChange = v.strictObject({
  /** Null for none. The same address again is asked once more, where it is not confirmed or mail does not arrive. */
  address: v.optional(v.nullable(mailAddress)),
  choice: v.optional(newChoice),
  /** Null takes the choice of a site back. */
  sites: v.optional(
    v.pipe(
      v.array(v.strictObject({ site: siteId, choice: v.nullable(newChoice) })),
      v.maxLength(100, 'too_long 100'),
    ),
  ),
  quiet: v.optional(v.nullable(v.strictObject(quiet))),
})
export type NotificationsChange = v.InferOutput<typeof notificationsChange>

export const readNotifications = {
  summary: 'Tells where you are told that something waits, how often, and of what.',
  answers: { 200: notifications },
} satisfies Operation

export const changeNotifications = {
  summary: 'Changes where, how often and of what you are told. A new address gets a link to confirm it.',
  body: notificationsChange,
  answers: { 200: notifications },
} satisfies Operation
