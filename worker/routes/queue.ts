import * as v from 'valibot'
import type { Ctx } from '../access.ts'
import { limits, type QueuePage, type Site, tabs } from '../contract.ts'
import { isFresh } from '../headers.ts'
import { line, parse, single } from '../input.ts'
import * as queue from '../store/queue.ts'
import * as sites from '../store/sites.ts'
import { queueView } from '../view.ts'

const number = (pattern: RegExp) => v.pipe(v.string(), v.regex(pattern, 'invalid'), v.transform(Number))
const filter = <Schema extends v.GenericSchema>(schema: Schema) => v.optional(schema)

const query = v.object({
  tab: v.optional(v.picklist(tabs), 'held'),
  site: filter(line(100)),
  author: filter(line(100)),
  thread: filter(number(/^\d{1,15}$/)),
  q: filter(line(200)),
  limit: filter(
    v.pipe(number(/^\d{1,9}$/), v.minValue(1, 'invalid'), v.maxValue(limits.page, `too_long ${limits.page}`)),
  ),
  cursor: filter(number(/^\d{1,15}$/)),
})

/** `GET /v1/queue`: a page of one of its tabs, and what all of them count. */
export async function getQueue(c: Ctx): Promise<Response> {
  const asked = parse(query, single(c.req.queries()))
  const siteId = asked.site || null
  const { version, ...counts } = await queue.tallies(c.env.DB, siteId)
  if (isFresh(c, `"${version}"`)) return c.body(null, 304)
  const limit = asked.limit ?? 30
  const rows = await queue.page(c.env.DB, {
    tab: asked.tab,
    siteId,
    author: asked.author || null,
    threadId: asked.thread ?? null,
    text: asked.q || null,
    after: asked.cursor ?? null,
    limit: limit + 1,
  })
  const items = rows.slice(0, limit)
  const known = await sites.some(
    c.env.DB,
    items.map((row) => row.siteId),
  )
  const next = rows.length > limit ? String(items.at(-1)?.seq) : null
  return c.json({
    items: items.map((row) => queueView(row, known.get(row.siteId) as Site)),
    next,
    counts,
  } satisfies QueuePage)
}
