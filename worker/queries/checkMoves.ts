import type { World } from '../commands/world.ts'
import type { CheckedMove } from '../contract/threadMoves.ts'
import { type Movable, pinsLostBy, threadsAt } from '../store/threadMoves.ts'

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
  const checks = moves.map(({ from, to }) => {
    const [thread, other] = [at.get(from), at.get(to)]
    return { from, to, outcome: outcomeOf({ from, to }, thread, other), thread, other }
  })
  const merges = checks.filter(({ outcome }) => outcome === 'merge')
  const lost = await pinsLostBy(
    db,
    merges.map(({ thread, other }) => ({ from: thread?.id ?? 0, into: other?.id ?? 0 })),
  )
  const unpinned = new Map(merges.map((check, place) => [check, lost[place] ?? []]))
  return checks.map((check) => ({
    ...check,
    thread: view(check.thread),
    other: view(check.other),
    unpinned: unpinned.get(check) ?? [],
  }))
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
