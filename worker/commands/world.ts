import type { D1Database } from '@cloudflare/workers-types'
import type { Env } from '../env.ts'

/** What an act or a query works in, whoever asks for it: a request, a job, a program. */
export interface World {
  env: Env
  /** The database of the site that it is about, or the main one. */
  db: D1Database
  /** When it happens, in milliseconds since the epoch. */
  now: number
  /** Has something done after whoever asked was answered. */
  defer(work: Promise<unknown>): void
}
