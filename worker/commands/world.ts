import type { D1Database } from '@cloudflare/workers-types'
import type { Event } from '../contract/events.ts'
import type { Env } from '../env.ts'

/** What a command or a query works with. */
export interface World {
  env: Env
  db: D1Database
  /** Milliseconds since the epoch. */
  now: number
  /** Lets work go on after the answer. */
  defer(work: Promise<unknown>): void
  /** What this request or batch of jobs brought about so far: see `publish`. All its worlds share one list. */
  happened: Event[]
}
