import { isPerson, undoWindowMs } from './decisions.ts'
import type { ToldEvent } from './events.ts'

/** What webhooks can be told of. */
export const toldTypes = [
  'comment.held',
  'comment.flagged',
  'comment.appealed',
  'comment.approved',
  'comment.rejected',
  'comment.spam',
  'comment.deleted',
  'comment.restored',
  'comment.edited',
  'comment.undone',
] as const

export type ToldType = (typeof toldTypes)[number]

/** What waits for staff, and chats can be told of. */
export const waitingTypes = [
  'comment.held',
  'comment.flagged',
  'comment.appealed',
] as const satisfies ToldType[]

const types: Record<string, ToldType> = {
  'comment.held': 'comment.held',
  'comment.flag': 'comment.flagged',
  'comment.appeal': 'comment.appealed',
  'comment.approve': 'comment.approved',
  'comment.answer': 'comment.approved',
  'comment.reject': 'comment.rejected',
  'comment.spam': 'comment.spam',
  'comment.delete': 'comment.deleted',
  'comment.withdraw': 'comment.deleted',
  'comment.restore': 'comment.restored',
  'comment.edit': 'comment.edited',
  'comment.redact': 'comment.edited',
  'comment.undo': 'comment.undone',
}

/** As what an event is told to webhooks and chats; null where it is not. */
export const toldType = (event: ToldEvent): ToldType | null =>
  Object.hasOwn(types, event.act) ? (types[event.act] as ToldType) : null

/** Whether an event took a comment's words away for good, by its author's wish or in their erasure. */
export const isWithdrawal = ({ act }: { act: string }): boolean => act === 'comment.withdraw'

/** When an event may leave the house, in milliseconds since the epoch: what staff did not while it can be undone. */
export const toldFrom = (event: ToldEvent): number =>
  'actor' in event && isPerson(event.actor.kind) && !isWithdrawal(event) ? event.at + undoWindowMs : event.at
