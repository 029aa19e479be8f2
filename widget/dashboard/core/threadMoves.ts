import type { ThreadMove } from '../../../worker/contract/threadMoves.ts'
import type { Connection } from './connection.ts'

/** Milliseconds between two looks at a move that goes on. */
const pause = 1_000

/**
 * Moves a thread, or takes a move back, and waits until all comments came along. Rejects with an `ApiError`.
 *
 * @param tell hears how many comments came so far, while it goes on
 */
export async function performMove(
  connection: Connection,
  { method, path, body }: { method: 'POST' | 'DELETE'; path: string; body?: unknown },
  tell: (count: number) => void = () => {},
): Promise<ThreadMove> {
  let { data: now } = await connection.ask<ThreadMove>(method, path, { body })
  while (now.state === 'working' || now.state === 'undoing') {
    tell(now.state === 'working' ? now.moved : now.moved - now.restored)
    await new Promise((resolve) => setTimeout(resolve, pause))
    now = (await connection.ask<ThreadMove>('GET', `/v1/thread-moves/${now.id}`)).data
  }
  return now
}
