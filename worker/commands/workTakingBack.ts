import { publish } from '../events/publish.ts'
import { ofImport, remove, removeThreads } from '../store/importRemoval.ts'
import type { Removable } from '../store/importRemovalEffects.ts'
import * as imports from '../store/imports.ts'
import type { World } from './world.ts'

/** Comments, and threads, that one job removes. */
const slice = 50
const threadsAtOnce = 200

/**
 * Removes one slice of what an import brought. Where the job of a slice comes twice, it goes on from what is left.
 *
 * @returns whether more is left to do
 */
export async function workTakingBack(world: World, found: imports.ImportRow): Promise<boolean> {
  if (found.state !== 'undoing') return false
  const { db, now } = world
  const { id, siteId, number, beganAt } = found
  const comments = await ofImport(db, number, slice)
  if (comments.length > 0) {
    try {
      await remove(db, { siteId, number, beganAt, at: now, ...partsOf(comments) })
    } catch (error) {
      // Another job was faster: then it goes on from what is left.
      const [next] = await ofImport(db, number, 1)
      if (next?.seq === comments[0]?.seq) throw error
      return true
    }
    publish(world, [
      { act: 'comments.import', at: now, siteId, teaches: comments.some(({ taught }) => taught) },
    ])
    return true
  }
  if ((await removeThreads(db, number, threadsAtOnce)) > 0) return true
  await imports.turn(db, id, { from: ['undoing'], to: 'undone', at: now })
  return false
}

/** Those that go, and those that stay without words: since what stays answers them, they are the last, or of whom was erased. */
function partsOf(comments: Removable[]): { removed: Removable[]; emptied: Removable[] } {
  const staying = new Set<number>()
  const isEmptied = ({ seq, answered, forgotten }: Removable) => answered || forgotten || staying.has(seq)
  for (const one of comments) if (isEmptied(one) && one.parentSeq !== null) staying.add(one.parentSeq)
  const parts = Map.groupBy(comments, (one) => (one.last || isEmptied(one) ? 'emptied' : 'removed'))
  return { removed: parts.get('removed') ?? [], emptied: parts.get('emptied') ?? [] }
}
