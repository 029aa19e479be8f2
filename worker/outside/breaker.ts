import { Late, Unavailable } from './exchange.ts'

/** Timeouts in a row after which a service is left alone. */
const enough = 3

/** Milliseconds for which it is. */
const pause = 60_000

/** Services that are remembered; of more, those longest without a timeout are forgotten. */
const most = 1000

interface Trouble {
  timeouts: number
  /** Milliseconds since the epoch. */
  until: number
}

/** By service: those that did not answer in time when they were last asked. */
const troubled = new Map<string, Trouble>()

/**
 * Asks a service unless it let too many wait lately. After the pause one ask tries it again, and the others go
 * on without it until that one knows. Only timeouts count: whatever else fails, fails at once.
 *
 * @throws Unavailable
 */
export async function unlessLate<Answer>(service: string, ask: () => Promise<Answer>): Promise<Answer> {
  const trouble = troubled.get(service)
  if (trouble && trouble.timeouts >= enough) {
    const now = Date.now()
    if (now < trouble.until) throw new Unavailable('did not answer in time, asked again in a minute')
    trouble.until = now + pause
  }
  try {
    const answer = await ask()
    troubled.delete(service)
    return answer
  } catch (error) {
    if (error instanceof Late) remember(service)
    else troubled.delete(service)
    throw error
  }
}

function remember(service: string): void {
  const timeouts = (troubled.get(service)?.timeouts ?? 0) + 1
  troubled.delete(service)
  troubled.set(service, { timeouts, until: Date.now() + pause })
  const [oldest] = troubled.keys()
  if (troubled.size > most && oldest !== undefined) troubled.delete(oldest)
}
