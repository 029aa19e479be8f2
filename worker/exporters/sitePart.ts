import * as v from 'valibot'
import type { World } from '../commands/world.ts'
import { pageAddress } from '../contract/pageAddress.ts'
import type { Site } from '../contract/site.ts'
import { Refusal } from '../http/refusal.ts'
import { commentsOf, movedSince, type ThreadRow, threadsFrom } from '../store/siteComments.ts'
import type { ExportedThread, Exporter } from './exporter.ts'
import { readCursor, writeCursor } from './progress.ts'

/** Threads that are looked at together, comments of each, and how often that is done for one part. */
const siteLimits = { threads: 10, comments: 50, rounds: 3, listed: 300 } as const

/** Characters after which a part ends. */
const longest = 300_000

const placeSchema = v.strictObject({
  /** What it is an export of. */
  of: v.string(),
  /** The latest event when it began. */
  since: v.number(),
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
 * Pages that move meanwhile would be in it twice, or not at all: it is refused then.
 *
 * @throws Refusal `invalid` for a cursor of another export, `conflict` where pages move
 */
export async function sitePart(
  world: World,
  { site, exporter, cursor }: { site: Site; exporter: Exporter; cursor: string | null },
): Promise<SitePart> {
  const of = `${exporter.file} ${site.id}`
  let place: Place | null = cursor === null ? null : readCursor(placeSchema, cursor, (said) => said.of === of)
  const { hasMoved, latest } = await movedSince(world.db, site.id, place?.since ?? null)
  if (hasMoved)
    throw new Refusal('conflict', {
      message: `Pages of this site ${place ? 'were moved since the export began' : 'are being moved'}: begin again in a minute.`,
    })
  place ??= start(of, exporter, latest)
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

const start = (of: string, exporter: Exporter, since: number): Place => ({
  ...{ of, since, listing: exporter.list !== undefined, key: '', seq: null },
})

/** What stands about threads before all comments. */
async function listed({ db }: World, site: Site, exporter: Exporter, place: Place) {
  const { key } = place
  const rows = await threadsFrom(db, site.id, { key, isIncluded: false, limit: siteLimits.listed })
  const text = rows.map((row) => exporter.list?.(exported(row, site), site) ?? '').join('')
  const isOver = rows.length < siteLimits.listed
  return {
    text,
    place: isOver ? { ...place, key: '', listing: false } : { ...place, key: rows.at(-1)?.key ?? '' },
  }
}

/** Some threads with their comments. */
async function threads({ db }: World, site: Site, exporter: Exporter, place: Place) {
  const { key, seq } = place
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
    if (isMore && last) return { text, place: { ...place, key: row.key, seq: last.seq } }
    if (goesOn || comments.length > 0) text += exporter.close
  }
  const last = rows.at(-1)
  const isOver = rows.length < siteLimits.threads || !last
  return { text, place: isOver ? null : { ...place, key: last.key, seq: null } }
}

const exported = (thread: ThreadRow, { origins }: Site): ExportedThread => ({
  ...thread,
  address: pageAddress(thread.key, thread.url, origins) ?? thread.key,
})
