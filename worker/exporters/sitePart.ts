import * as v from 'valibot'
import type { World } from '../commands/world.ts'
import { pageAddress } from '../contract/pageAddress.ts'
import type { Site } from '../contract/site.ts'
import { commentsOf, type ThreadRow, threadsFrom } from '../store/siteComments.ts'
import type { ExportedThread, Exporter } from './exporter.ts'
import { readCursor, writeCursor } from './progress.ts'

/** Threads that are looked at together, comments of each, and how often that is done for one part. */
const siteLimits = { threads: 10, comments: 50, rounds: 3, listed: 300 } as const

/** Characters after which a part ends. */
const longest = 300_000

const placeSchema = v.strictObject({
  /** What it is an export of. */
  of: v.string(),
  /** Whether the list of threads comes first, and is not over. */
  listing: v.boolean(),
  /** The key of the last thread that is over, or of the one that goes on. */
  key: v.string(),
  /** The last comment of a thread that goes on. */
  seq: v.nullable(v.number()),
})
type Place = v.InferOutput<typeof placeSchema>

/** A part of a file, and what to ask for next, or null. */
export interface SitePart {
  text: string
  next: string | null
}

/**
 * A part of a site's export for other systems: thread by thread in the order of their keys, comments in that of time. The parts
 * one after the other are the file. Each is bounded, however many comments a thread has.
 *
 * @throws Refusal `invalid` for a cursor of another export
 */
export async function sitePart(
  world: World,
  { site, exporter, cursor }: { site: Site; exporter: Exporter; cursor: string | null },
): Promise<SitePart> {
  const of = `${exporter.file} ${site.id}`
  let place: Place | null =
    cursor === null ? start(of, exporter) : readCursor(placeSchema, cursor, (said) => said.of === of)
  let text = cursor === null ? exporter.head(site, world.now) : ''
  for (let round = 0; place && round < siteLimits.rounds && text.length < longest; round++) {
    const found: { text: string; place: Place | null } = place.listing
      ? await listed(world, site, exporter, place)
      : await threads(world, site, exporter, place)
    text += found.text
    place = found.place
  }
  return place ? { text, next: writeCursor(place) } : { text: text + exporter.tail, next: null }
}

const start = (of: string, exporter: Exporter): Place => ({
  ...{ of, listing: exporter.list !== undefined, key: '', seq: null },
})

/** What stands about threads before all comments. */
async function listed({ db }: World, site: Site, exporter: Exporter, place: Place) {
  const { key } = place
  const rows = await threadsFrom(db, site.id, { key, isIncluded: false, limit: siteLimits.listed })
  const text = rows.map((row) => exporter.list?.(exported(row, site), site) ?? '').join('')
  const isOver = rows.length < siteLimits.listed
  return {
    text,
    place: isOver
      ? { ...start(place.of, exporter), listing: false }
      : { ...place, key: rows.at(-1)?.key ?? '' },
  }
}

/** Some threads with their comments. */
async function threads({ db }: World, site: Site, exporter: Exporter, place: Place) {
  const { of, key, seq } = place
  const rows = await threadsFrom(db, site.id, { key, isIncluded: seq !== null, limit: siteLimits.threads })
  const { statuses } = exporter
  const found = await Promise.all(
    rows.map(({ id }, at) =>
      commentsOf(db, id, { statuses, after: at === 0 ? seq : null, limit: siteLimits.comments }),
    ),
  )
  let text = ''
  for (const [at, row] of rows.entries()) {
    const thread = exported(row, site)
    const goesOn = at === 0 && seq !== null
    const { rows: comments = [], isMore = false } = found[at] ?? {}
    if (!goesOn && comments.length > 0) text += exporter.open(thread, site)
    text += comments.map((comment) => exporter.comment(comment, thread, site)).join('')
    const last = comments.at(-1)
    if (isMore && last) return { text, place: { of, listing: false, key: row.key, seq: last.seq } }
    if (goesOn || comments.length > 0) text += exporter.close
  }
  const last = rows.at(-1)
  const isOver = rows.length < siteLimits.threads || !last
  return { text, place: isOver ? null : { of, listing: false, key: last.key, seq: null } }
}

const exported = (thread: ThreadRow, { origins }: Site): ExportedThread => ({
  ...thread,
  address: pageAddress(thread.key, thread.url, origins) ?? thread.key,
})
