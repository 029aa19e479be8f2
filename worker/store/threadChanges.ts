import type { D1Database } from '@cloudflare/workers-types'
import type { ThreadChange } from '../contract/staffThread.ts'
import type { ThreadChanged, ThreadEvent } from '../contract/threadEvents.ts'
import { batch, first, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'
import { recordEvent } from './events.ts'
import { agedAt } from './threads.ts'

interface By {
  actor: Actor
  /** Milliseconds since the epoch. */
  at: number
}

/** What each act writes. To reopen a thread whose time is over is to have it never end by itself. */
const sets: Record<ThreadEvent['act'], string> = {
  'thread.close': 'closed_at = ?1',
  'thread.reopen': `closed_at = NULL, close_after = iif(coalesce((
    SELECT ${agedAt} FROM threads t CROSS JOIN sites s ON s.id = t.site_id WHERE t.id = threads.id) <= ?1, FALSE), 0, close_after)`,
  'thread.check': 'checked = 1 + 0 * ?1',
  'thread.uncheck': 'checked = 0 * ?1',
}

/** Closes, reopens, checks or unchecks a thread. @returns what happened, or null when there is no such thread */
export async function change(
  db: D1Database,
  id: number,
  act: ThreadEvent['act'],
  { actor, at }: By,
): Promise<ThreadEvent | null> {
  const siteId = await siteOf(db, id)
  if (siteId === null) return null
  const event: ThreadEvent = { act, at, actor, siteId, threadId: id }
  await batch(db, [
    sql(db, `UPDATE threads SET ${sets[act]}, version = version + 1 WHERE id = ?2`, at, id),
    sql(db, 'UPDATE tallies SET version = version + 1 WHERE site_id = ?', siteId),
    recordEvent(db, event),
  ])
  return event
}

const siteOf = async (db: D1Database, id: number): Promise<string | null> => {
  const text = 'SELECT site_id AS siteId FROM threads WHERE id = ? AND moved_to IS NULL'
  return (await first<{ siteId: string }>(sql(db, text, id)))?.siteId ?? null
}

/** What can be set of a thread, by its column. */
const columns = { slowSeconds: 'slow_seconds', closeAfterDays: 'close_after' } as const
const names = Object.keys(columns) as (keyof typeof columns)[]

/** Sets what is given of a thread. @returns what happened, none where all is so already; null without a thread */
export async function set(
  db: D1Database,
  id: number,
  wish: ThreadChange,
  { actor, at }: By,
): Promise<ThreadChanged[] | null> {
  const before = await first<{ siteId: string; slowSeconds: number; closeAfterDays: number | null }>(
    sql(
      db,
      `SELECT site_id AS siteId, slow_seconds AS slowSeconds, close_after AS closeAfterDays FROM threads
       WHERE id = ? AND moved_to IS NULL`,
      id,
    ),
  )
  if (!before) return null
  const changes = names.flatMap((field) => {
    const after = wish[field]
    return after === undefined || after === before[field] ? [] : [{ field, before: before[field], after }]
  })
  if (changes.length === 0) return []
  const event: ThreadChanged = {
    ...{ act: 'thread.change', at, actor, siteId: before.siteId, threadId: id },
    changes,
  }
  await batch(db, [
    sql(
      db,
      `UPDATE threads SET ${changes.map(({ field }) => `${columns[field]} = ?`)}, version = version + 1 WHERE id = ?`,
      ...changes.map(({ after }) => after),
      id,
    ),
    recordEvent(db, event),
  ])
  return [event]
}
