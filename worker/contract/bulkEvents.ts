import type { Action } from './decisions.ts'
import type { Happened } from './happened.ts'

/** Comments of a site were decided together, each with an event of its own that names the same `bulkId`. */
export interface BulkDecided extends Happened {
  act: 'bulk.decide'
  siteId: string
  bulkId: string
  /** Null where they were decided in different ways. */
  action: Action | null
  /** How many were. */
  count: number
}

/** Staff takes back, one by one, some of what was decided together; each has an event of its own with the same `bulkId`. */
export interface BulkUndecided extends Happened {
  act: 'bulk.undecide'
  siteId: string
  bulkId: string
}

/** Staff decides all comments that match, on a site or (null) on all; stops that, has it go on, or takes it back. */
export interface BulkEvent extends Happened {
  act: 'bulk.start' | 'bulk.stop' | 'bulk.resume' | 'bulk.undo'
  bulkId: string
  action: Action
  /** How many matched when it began; null where there were too many to count. */
  count: number | null
  /** Why it was stopped, where nobody did: who began it may decide there no more. */
  because?: 'not_allowed'
  /** The ban that was placed with it. */
  banId?: string
}
