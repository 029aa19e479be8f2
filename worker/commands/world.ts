import type { D1Database } from '@cloudflare/workers-types'
import type { Event } from '../contract/events.ts'
import type { Env } from '../env.ts'

/** What a command or a query works with: everything of its surroundings that it may touch. */
export interface World {
  env: Env
  /** The database that holds the site it is about. */
  db: D1Database
  /** Milliseconds since the epoch: one act happens at one time. */
  now: number
  /** The languages that whoever asks likes, the best first. */
  languages?: string[]
  /** Has work done after the answer, without making it wait. */
  defer(work: Promise<unknown>): void
  /** What this request or batch of jobs brought about so far: see `publish`. All its worlds share one list. */
  happened: Event[]
}
