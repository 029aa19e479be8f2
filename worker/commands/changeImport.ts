import type { ImportChange, ImportState, ImportView } from '../contract/imports.ts'
import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import { importView } from '../queries/importView.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as imports from '../store/imports.ts'
import type { World } from './world.ts'

/** What is asked of an import, and by whom. */
interface Asked {
  found: imports.ImportRow
  actor: Actor
}

/** From which states an import comes into another. */
const turns: Record<'stopped' | 'working' | 'done' | 'undoing', ImportState[]> = {
  stopped: ['working'],
  working: ['stopped', 'done'],
  done: ['working'],
  undoing: ['working', 'stopped', 'done'],
}

/**
 * Stops an import, has it go on, or ends it with what was left out. To ask for the state that it has changes nothing.
 *
 * @throws Refusal `conflict` where it is being taken back
 */
export async function changeImport(
  { db, now }: World,
  { found, actor, change }: Asked & { change: ImportChange },
): Promise<ImportView> {
  const { state, leftOut, errors } = change
  const event = state === 'done' ? eventOf('import.end', { found, actor }, now) : null
  if (found.state !== state) await turn(db, found, { to: state, at: now, leftOut, errors, event })
  return importView((await imports.find(db, found.id)) ?? found)
}

/**
 * Begins to take an import back: jobs remove what it brought. Again it changes nothing.
 *
 * @throws Refusal `conflict` where somebody else was faster
 */
export async function takeImportBack(world: World, asked: Asked): Promise<ImportView> {
  const { db, now } = world
  const { found } = asked
  if (found.state !== 'undoing' && found.state !== 'undone') {
    const event = eventOf('import.undo', asked, now)
    await turn(db, found, { to: 'undoing', at: now, event })
    publish(world, [event])
  }
  return importView((await imports.find(db, found.id)) ?? found)
}

type Turn = Omit<Parameters<typeof imports.turn>[2], 'from' | 'to'> & { to: keyof typeof turns }

async function turn(db: World['db'], { id, state }: imports.ImportRow, change: Turn): Promise<void> {
  const isDone =
    turns[change.to].includes(state) && (await imports.turn(db, id, { ...change, from: turns[change.to] }))
  if (isDone) return
  throw new Refusal('conflict', { message: `This import is ${state}: that cannot be done to it any more.` })
}

const eventOf = (act: 'import.end' | 'import.undo', { found, actor }: Asked, at: number) => ({
  ...{ act, at, actor, siteId: found.siteId, importId: found.id },
  ...{ format: found.format, name: found.file, count: found.added },
})
