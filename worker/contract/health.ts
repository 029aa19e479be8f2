/** `GET /v1/health`; 503 when the database does not answer. */
export interface Health {
  status: 'ok' | 'degraded' | 'down'
  database: 'ok' | 'down'
  // The rest is for staff and the operator: it would tell strangers that a comment waits.
  /** Pending comments that no screening has looked at yet. */
  unscreened?: number
  /** Comments held because their screening failed again and again. */
  deadLetters?: number
  /** What was to be told outside within the last month and was given up. */
  undelivered?: number
  /** Age of the oldest pending comment, or null when none waits. */
  oldestPendingSeconds?: number | null
}
