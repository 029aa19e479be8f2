import type { BulkAct, BulkState } from '../contract/bulkActs.ts'
import type { BulkEvent } from '../contract/bulkEvents.ts'
import { Refusal } from '../http/refusal.ts'
import { bulkView } from '../queries/bulkView.ts'
import { ending } from '../store/banChanges.ts'
import * as bans from '../store/bans.ts'
import * as bulkActs from '../store/bulkActs.ts'
import { batch, changed } from '../store/database.ts'
import type { Actor } from '../store/decidedComments.ts'
import { recordEvents } from '../store/events.ts'
import { eventsOf } from './startBulkAct.ts'
import type { World } from './world.ts'

/** What can become of an act, and from which states. */
const turns = {
  stop: { act: 'bulk.stop', from: ['working'], to: 'stopped' },
  resume: { act: 'bulk.resume', from: ['stopped'], to: 'working' },
  undo: { act: 'bulk.undo', from: ['working', 'stopped', 'done'], to: 'undoing' },
} satisfies Record<string, { act: BulkEvent['act']; from: BulkState[]; to: BulkState }>

interface Turn {
  act: bulkActs.BulkRow
  turn: keyof typeof turns
  actor: Actor
  because?: BulkEvent['because']
}

/**
 * Stops an act on many, has it go on, or takes it back; its ban goes at once, and what it decided in slices.
 *
 * @throws Refusal `conflict` where its state does not allow that
 */
export async function turnBulkAct({ db, now }: World, { act, turn, actor, because }: Turn): Promise<BulkAct> {
  const { from, to, act: name } = turns[turn]
  const refusal = new Refusal('conflict', {
    message: `This act is ${act.state}: that cannot be done to it any more.`,
  })
  if (!(from as BulkState[]).includes(act.state)) throw refusal
  const ban = act.banId === null ? null : await bans.byId(db, act.banId)
  const events = eventsOf(act, name, { actor, at: now }).map((event) => ({
    ...event,
    ...(because && { because }),
  }))
  const results = await batch(db, [
    bulkActs.turning(db, act.id, { from, to, at: now, actor }),
    recordEvents(
      db,
      events.map((event) => ({ event })),
      changed,
    ),
    ...(turn === 'undo' && ban ? ending(db, ban, { at: now, undo: true }) : []),
  ])
  if (results[0]?.meta.changes !== 1) throw refusal
  return bulkView({ ...act, state: to }, ban)
}
