import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { ToldEvent } from '../contract/events.ts'
import type { Condition } from './database.ts'

/** An event that may be told, with whatever else its condition asks of it. */
type ToldHappening = { event: ToldEvent } & Record<string, unknown>

/** The statements that put what events ask to be delivered into the outbox, in the transaction of the events. */
export type Deliveries = (
  db: D1Database,
  happened: ToldHappening[],
  condition: Condition,
) => D1PreparedStatement[]

/** Ids and codes that a delivery is told by; never anybody's words or whole address. */
export type Details = Record<string, unknown>

/** What is to be told, and when: a part of `NewDelivery`. */
export interface Wish {
  /** What it is about. A destination is told of a subject once: what comes later takes the place of what waits. */
  subject: string
  /** Milliseconds since the epoch, and not before when it may leave the house. */
  notBefore: number
  /** Added to those of the event. */
  details?: Details
  /** Whether what waits already keeps its own time where that is earlier, as a digest does, and its tries if it fails. */
  keepEarliest?: boolean
}

/** Something to be told to the outside. It holds ids and codes: its words are read when it is delivered. */
export interface NewDelivery extends Wish {
  /** The kind of a destination. */
  destination: string
  siteId: string
  /** When what it tells of happened. */
  at: number
  /** What happened: the act of an event. */
  act: string
  /** Whom it is for, where that is one: an id, and a name or a masked address to be shown. */
  to?: { id: string; shown: string }
}

/** A row of the outbox at its turn: whatever happens to it gives it the next one. */
export interface Turn {
  id: number
  turn: number
}

/** A row that is being delivered. */
export interface Delivery extends Turn {
  destination: string
  subject: string
  siteId: string
  /** What happened, and when, in milliseconds since the epoch. */
  act: string
  at: number
  /** What else the event or the row before it said. */
  details: Details
  /** Whom it is for, where that is one. */
  to: { id: string; shown: string } | null
  /** This one counts. */
  attempts: number
}

/** What a delivery came to. */
export interface Delivered {
  /** What follows: rows of the same site, which tell of the same act unless they say otherwise. */
  next?: (Wish & Pick<NewDelivery, 'destination' | 'to'> & { act?: string })[]
  /**
   * That the row stays and comes again at a time (milliseconds since the epoch), with other details. Where something
   * came meanwhile, it begins from that, and no later than that wants.
   */
  again?: { nextAt: number; details: Details }
  /** What whoever was told answered, in a few words: a line in the log of what was delivered. */
  answer?: string
  /** Further statements for the database of the site. */
  also?: D1PreparedStatement[]
}
