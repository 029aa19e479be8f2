import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import type { Operation } from './operation.ts'

/** `GET /v1/health`; 503 when the database does not answer. */
const health = v.object({
  /** `degraded`, where comments wait too long for screening, is for staff of all sites alone. */
  status: v.picklist(['ok', 'degraded', 'down']),
  database: v.picklist(['ok', 'down']),
  // The rest is for staff of all sites, too: it would tell strangers that a comment waits.
  /** Pending comments that no screening has looked at yet. */
  unscreened: v.optional(whole),
  /** Comments held because their screening failed again and again. */
  deadLetters: v.optional(whole),
  /** What was to be told outside within the last month and was given up. */
  undelivered: v.optional(whole),
  /** What came of backups that the server makes by itself; null where it makes none, or is not asked to. */
  backup: v.optional(
    v.nullable(
      v.object({
        /** When the newest that is whole was made; null where there is none. */
        madeAt: v.nullable(moment),
        /** Whether the latest try failed. */
        failed: v.boolean(),
      }),
    ),
  ),
  /** How mail is sent, without secrets; null where none is. */
  mail: v.optional(v.nullable(v.string())),
  /** Age of the oldest pending comment, or null when none waits. */
  oldestPendingSeconds: v.optional(v.nullable(whole)),
})
export type Health = v.InferOutput<typeof health>

export const readHealth = {
  summary: 'Tells whether the database answers, and staff of all sites whether comments are being screened.',
  answers: { 200: health, 503: health },
} satisfies Operation
