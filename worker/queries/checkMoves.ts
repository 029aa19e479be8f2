import type { World } from '../commands/world.ts'
import type { CheckedMove } from '../contract/threadMoves.ts'
import { type Movable, threadsAt } from '../store/threadMoves.ts'

/** What moves of threads would come to, in their order, each as if it were the only one. */
export async function checkMoves(
  { db }: World,
  { siteId, moves }: { siteId: string; moves: { from: string; to: string }[] },
): Promise<CheckedMove[]> {
  const found = await threadsAt(
    db,
    siteId,
    moves.flatMap(({ from, to }) => [from, to]),
  )
  const at = new Map(found.map((thread) => [thread.asked, thread]))
  return moves.map(({ from, to }) => {
    const [thread, other] = [at.get(from), at.get(to)]
    return {
      from,
      to,
      outcome: outcomeOf({ from, to }, thread, other),
      thread: view(thread),
      other: view(other),
    }
  })
}

const view = (thread: Movable | undefined): CheckedMove['thread'] =>
  thread ? { id: thread.id, key: thread.key, title: thread.title, count: thread.count } : null

function outcomeOf(
  { from, to }: { from: string; to: string },
  thread: Movable | undefined,
  other: Movable | undefined,
): CheckedMove['outcome'] {
  if (!thread) return 'none'
  if (thread.key === to) return 'same'
  // A key that only leads to a thread has none of its own to move.
  if (thread.key !== from) return 'none'
  return other && other.id !== thread.id ? 'merge' : 'move'
}
