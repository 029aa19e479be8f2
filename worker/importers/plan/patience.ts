import type { Clock } from './plan.ts'
import { NotReceived } from './receiver.ts'

/** Times that the same is asked: about a quarter of an hour. */
const mostTries = 25

/** The longest wait, in seconds. */
const longest = 60

/**
 * Asks until it is answered, with longer and longer waits.
 *
 * @throws NotReceived where it is refused for good, or nobody answered for long; the signal's reason where it is called off
 */
export async function patiently<Answer>(
  work: () => Promise<Answer>,
  clock: Clock,
  {
    signal,
    onWait,
  }: {
    signal?: AbortSignal | undefined
    onWait: (waiting: { message: string; seconds: number } | null) => void
  },
): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    signal?.throwIfAborted()
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof NotReceived) || !error.isPassing || tries >= mostTries) throw error
      const seconds = Math.min(longest, Math.max(error.retryAfter ?? 0, 2 ** (tries - 1)))
      onWait({ message: error.message, seconds })
      await clock.wait(seconds * 1000, signal)
    }
  }
}
