import type { Fetcher, Queue, RateLimit } from '@cloudflare/workers-types'
import { publicUrlOf, publicUrlTakes } from './contract/publicUrl.ts'
import { Refusal } from './http/refusal.ts'
import type { Databases } from './store/database.ts'

/** A message of the `SCREENING` queue: which revision of which comment to look at. */
export interface Job {
  v: 1
  /** Absent from messages that an earlier release sent. */
  site?: string
  id: string
  revision: number
}

/** A message of the same queue: which site's learner to go on with, or after which comment to score anew. */
export interface LearningJob {
  v: 1
  learn: string
  rescoreAfter?: number
}

/** A message of the same queue: which row of the outbox to deliver, at which turn. */
export interface DeliveryJob {
  v: 1
  site: string
  deliver: number
  turn: number
}

/** A message of the same queue: which act on many to go on with, and the site whose database has it, if not the main one. */
export interface BulkJob {
  v: 1
  bulk: string
  site?: string
}

/** A message of the same queue: which author of which site to go on erasing. */
export interface ErasureJob {
  v: 1
  erase: string
  site: string
}

/** A message of the same queue: which import of which site to go on taking back. */
export interface ImportJob {
  v: 1
  import: string
  site: string
}

/** A message of the same queue: which move of a thread to go on with, or with its undo. */
export interface MoveJob {
  v: 1
  move: string
  site: string
}

/** A message of the same queue: the full-text index is behind. */
export interface IndexJob {
  v: 1
  index: true
}

export interface Env extends Databases {
  SCREENING: Queue<Job | LearningJob | DeliveryJob | BulkJob | ErasureJob | ImportJob | MoveJob | IndexJob>
  ASSETS: Fetcher
  /** What one address, one /56 and one /48 or /24 may write in a minute. */
  ADDRESS_LIMIT: RateLimit
  SUBNET_LIMIT: RateLimit
  NETWORK_LIMIT: RateLimit
  /** What newcomers may post to a site without a proof, and in all. */
  NEWCOMER_LIMIT: RateLimit
  SITE_LIMIT: RateLimit
  /** How often one address and one network may like and flag. */
  READER_LIMIT: RateLimit
  READERS_LIMIT: RateLimit
  /** Opens every moderator and owner route to whoever runs this instance. */
  OPERATOR_KEY: string
  /** Signs the author tokens that the worker makes. */
  TOKEN_SECRET: string
  /** Days that a session lasts after it was last used; 30 unless it says. */
  SESSION_DAYS?: string
  /** Workers AI, where the instance has it: on Cloudflare, and nowhere else. */
  AI?: { run(model: string, input: unknown, options: { signal: AbortSignal }): Promise<unknown> }
  /** Where readers find this instance, in its one form, where that is not where it is asked: behind a proxy, in a folder. */
  PUBLIC_URL?: string
  /** Where this instance listens, where there is no other way to it: on one machine, for that machine. */
  SERVED_AT?: string
  /** Who names the host of requests, on one machine without a public URL: whoever asks, or a proxy of one's own. */
  HOST_NAMED_BY?: 'client' | 'proxy' | ''
  /** How people may sign in besides by links and passkeys, as JSON: see `signInConfig.ts`. */
  SIGN_IN?: string
  /** `on` where services on this machine and in its network may be asked: see `isAskable`. */
  ALLOW_PRIVATE_HOSTS?: string
  /** By what services outside are asked, where that is told apart: on one machine. */
  INTERNET?: { fetch: typeof fetch }
  /** How mail leaves, as `mailWayOf` reads it; none where it is unset. A secret: it holds keys. */
  MAIL?: string
  /** Who mail is from, as `senderOf` reads it. */
  MAIL_FROM?: string
  /** Who tells by webhook what became of mails, as `mailEventsOf` reads it. A secret. */
  MAIL_EVENTS?: string
  /** Takes `PUT /ID.eml` and gives it back, where mail is written into files: on one machine. */
  MAIL_FOLDER?: Fetcher
  /** Cloudflare's Email Service, where the instance has it. */
  SEND_MAIL?: { send(message: object): Promise<{ messageId: string }> }
  /** `off` for load tests; honoured on a loopback host only. */
  RATE_LIMIT?: string
}

/** Refuses to go on while a secret is missing or too short to be one, or the public URL is none. */
export function requireConfigured(env: Env): void {
  for (const name of ['OPERATOR_KEY', 'TOKEN_SECRET'] as const) {
    if (typeof env[name] !== 'string' || env[name].length < 32) {
      throw new Refusal('not_configured', {
        message: `The secret ${name} is missing or shorter than 32 characters: set it (npm run deploy does) and try again.`,
      })
    }
  }
  const { PUBLIC_URL } = env
  if (PUBLIC_URL && publicUrlOf(PUBLIC_URL) !== PUBLIC_URL)
    throw new Refusal('not_configured', {
      message: `The variable PUBLIC_URL ${publicUrlTakes}, without a slash at its end; it is "${PUBLIC_URL}".`,
    })
}
