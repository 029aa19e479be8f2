import type { Ctx } from '../../access/identity.ts'
import { sitesOf } from '../../access/permissions.ts'
import { type QueuePage, type QueueSort, queueQuery } from '../../contract/queue.ts'
import type { Site } from '../../contract/site.ts'
import { isFresh } from '../../http/headers.ts'
import { parse, single } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { perSite } from '../../queries/perSite.ts'
import { queueView } from '../../queries/view.ts'
import * as flags from '../../store/flags.ts'
import * as queue from '../../store/queue.ts'
import * as sites from '../../store/sites.ts'

/** `GET /v1/queue`: a page of one of its tabs, and what all of them count. */
export async function getQueue(c: Ctx): Promise<Response> {
  const asked = parse(queueQuery, single(c.req.queries()))
  const siteId = asked.site || null
  if (asked.sort !== 'waiting') {
    if (siteId === null)
      throw new Refusal('missing', { field: 'site', message: 'This order is for one site.' })
    if (asked.tab !== 'held' || asked.author || asked.thread || asked.q || asked.ids)
      throw new Refusal('invalid', { field: 'sort', message: 'This order is for all that a site holds.' })
  }
  const siteIds = sitesOf(c.get('moderator'), siteId)
  const { version, ...counts } = await queue.tallies(c.env.DB, siteIds)
  if (isFresh(c, `"${[version, ...(siteIds ?? [])].join('.')}"`)) return c.body(null, 304)
  const limit = asked.limit ?? 30
  const filter = {
    tab: asked.tab,
    author: asked.author || null,
    threadId: asked.thread ?? null,
    text: asked.q || null,
    ids: asked.ids ?? null,
    sort: asked.sort,
    after: asked.cursor ?? null,
    limit: limit + 1,
  }
  const rows = await perSite(siteIds, (siteId) => queue.page(c.env.DB, { ...filter, siteId }), {
    order: (one, other) => (asked.tab === 'held' ? one.seq - other.seq : other.seq - one.seq),
    limit: filter.limit,
  })
  const items = rows.slice(0, limit)
  const [known, flagged] = await Promise.all([
    sites.some(
      c.env.DB,
      items.map((row) => row.siteId),
    ),
    flags.ofComments(
      c.env.DB,
      items.flatMap((row) => (row.flags > 0 ? [row.seq] : [])),
    ),
  ])
  const last = rows.length > limit ? items.at(-1) : undefined
  return c.json({
    items: items.map((row) => queueView(row, known.get(row.siteId) as Site, flagged.get(row.seq))),
    next: last ? cursorOf(queue.positionOf(last, asked.sort), asked.sort) : null,
    counts,
  } satisfies QueuePage)
}

const cursorOf = ({ seq, by }: queue.QueuePosition, sort: QueueSort) =>
  sort === 'waiting' ? String(seq) : `${seq}~${by}`
