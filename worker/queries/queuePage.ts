import type { World } from '../commands/world.ts'
import type { QueuePage, QueueSort } from '../contract/queue.ts'
import * as phrases from '../store/phrases.ts'
import * as queue from '../store/queue.ts'
import { orderOf, positionOf, type QueuePosition } from '../store/queueOrder.ts'
import { tallies } from '../store/tallies.ts'
import { perSite } from './perSite.ts'
import { queueItems } from './queueItems.ts'

/** What is asked of the moderation queue, and the version of it that whoever asks has. */
export interface AskedQueue extends Omit<queue.QueueFilter, 'unless' | 'siteId'> {
  /** Of these sites; null for all. */
  siteIds: string[] | null
  seen: number | undefined
}

/**
 * A page of one of the moderation queue's tabs, and what all of them count; null where nothing has changed. It takes
 * two round trips to the database.
 */
export async function queuePage(
  { db }: World,
  { siteIds, seen, ...asked }: AskedQueue,
): Promise<{ version: number; page: QueuePage | null }> {
  const filter = {
    ...asked,
    limit: asked.limit + 1,
    unless: seen === undefined ? null : { version: seen, siteIds },
  }
  const [{ version, ...counts }, rows] = await Promise.all([
    tallies(db, siteIds),
    perSite(siteIds, (siteId) => queue.page(db, { ...filter, siteId }), {
      order: orderOf(asked),
      limit: filter.limit,
    }),
  ])
  if (version === seen) return { version, page: null }
  const items = rows.slice(0, asked.limit)
  const [listed, reasons] = await Promise.all([
    queueItems(db, items),
    phrases.ownReasons(
      db,
      items.map((row) => row.siteId),
    ),
  ])
  const last = rows.length > asked.limit ? items.at(-1) : undefined
  return {
    version,
    page: {
      items: listed,
      next: last ? cursorOf(positionOf(last, asked.sort), asked.sort) : null,
      counts,
      ...(Object.keys(reasons).length > 0 && { reasons }),
    },
  }
}

const cursorOf = ({ seq, by }: QueuePosition, sort: QueueSort) =>
  sort === 'waiting' ? String(seq) : `${seq}~${by}`
