import type { World } from '../commands/world.ts'
import { Refusal } from '../http/refusal.ts'
import { lastWritten } from '../store/slowMode.ts'
import type { Thread } from '../store/threads.ts'
import type { Sender } from './sender.ts'

/**
 * Refuses who wrote in a thread a shorter time ago than it lets authors write again. Whom people approved before is known
 * by themselves alone, others by their address, too.
 *
 * @throws Refusal `slow_mode`
 */
export async function requirePause(
  { db, now }: World,
  thread: Thread | null,
  { author, hashes }: Sender,
): Promise<void> {
  if (!thread?.slowSeconds) return
  const pause = thread.slowSeconds * 1000
  const address = author?.vouched ? null : (hashes?.address ?? null)
  const last = await lastWritten(db, {
    ...{ threadId: thread.id, author: author?.id ?? null, address, since: now - pause },
  })
  if (last === null) return
  throw tooSoon(thread.slowSeconds, Math.max(1, Math.ceil((last + pause - now) / 1000)))
}

/** What is too soon in a thread that takes a comment of each author every so many seconds. @param wait seconds that are left */
export const tooSoon = (pause: number, wait: number): Refusal =>
  new Refusal('slow_mode', {
    limit: pause,
    retryAfter: wait,
    message: `Here each person can write once in ${spanOf(pause)}. Yours can be sent in ${spanOf(wait)}.`,
  })

/** A span of time in words: `5 minutes`. */
function spanOf(seconds: number): string {
  const [unit, size] = seconds >= 7_200 ? ['hour', 3_600] : seconds >= 120 ? ['minute', 60] : ['second', 1]
  const count = Math.ceil(seconds / (size as number))
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
