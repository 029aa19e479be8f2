import type { D1Database } from '@cloudflare/workers-types'
import type { Env } from '../env.ts'

/** What a command or a query needs of the world around it. */
export interface World {
  env: Env
  db: D1Database
  /** Milliseconds since the epoch. */
  now: number
  /** Lets work go on after the answer. */
  defer(work: Promise<unknown>): void
}
