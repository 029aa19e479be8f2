import { mostSessionDays } from '../contract/session.ts'
import type { Env } from '../env.ts'

const day = 86_400_000

/** Days that a session lasts after it was last used, where the instance does not say. */
const usual = 30

/** Seconds that a browser keeps the cookie: the session itself says when it has ended. */
export const cookieSeconds = (mostSessionDays * day) / 1000

/**
 * When a session that is used now ends, unless it is used again.
 *
 * @param endsBy when it ends anyway, or null
 */
export function sessionEnd(
  { SESSION_DAYS }: Pick<Env, 'SESSION_DAYS'>,
  now: number,
  endsBy: number | null,
): number {
  const days = Number(SESSION_DAYS)
  const end = now + (days >= 1 && days <= mostSessionDays ? days : usual) * day
  return endsBy === null ? end : Math.min(end, endsBy)
}
