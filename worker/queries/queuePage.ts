import type { World } from '../commands/world.ts'
import type { Finding } from '../contract/findings.ts'
import type { QueuePage, QueueSort } from '../contract/queue.ts'
import { readFindings } from '../contract/readFindings.ts'
import type { Site } from '../contract/site.ts'
import * as flags from '../store/flags.ts'
import * as phrases from '../store/phrases.ts'
import * as queue from '../store/queue.ts'
import { orderOf, positionOf, type QueuePosition } from '../store/queueOrder.ts'
import * as sites from '../store/sites.ts'
import { latestNames } from '../store/staffNames.ts'
import { tallies } from '../store/tallies.ts'
import { perSite } from './perSite.ts'
import { queueView } from './view.ts'

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
  const findings = new Map(items.map((row) => [row.seq, readFindings(JSON.parse(row.findings))]))
  const [known, reasons, flagged, names] = await Promise.all([
    sites.some(
      db,
      items.map((row) => row.siteId),
    ),
    phrases.ownReasons(
      db,
      items.map((row) => row.siteId),
    ),
    flags.ofComments(
      db,
      items.flatMap((row) => (row.flags > 0 ? [row.seq] : [])),
    ),
    latestNames(db, [...findings.values()].flat().flatMap(wornOf)),
  ])
  const last = rows.length > asked.limit ? items.at(-1) : undefined
  return {
    version,
    page: {
      items: items.map((row) =>
        queueView(row, {
          site: known.get(row.siteId) as Site,
          findings: (findings.get(row.seq) ?? []).map((finding) => naming(finding, names)),
          flags: flagged.get(row.seq),
        }),
      ),
      next: last ? cursorOf(positionOf(last, asked.sort), asked.sort) : null,
      counts,
      ...(Object.keys(reasons).length > 0 && { reasons }),
    },
  }
}

/** The author whose name another one wears. */
const wornOf = (finding: Finding) =>
  finding.code === 'impersonation' && finding.params.author !== undefined ? [finding.params.author] : []

/** A finding with the name of that author, which is kept with their comments alone. */
function naming(finding: Finding, names: Map<string, string>): Finding {
  if (finding.code !== 'impersonation') return finding
  const { author, name } = finding.params
  const known = author === undefined ? undefined : names.get(author)
  return known === undefined ? finding : { ...finding, params: { author, name: `${known} (${name})` } }
}

const cursorOf = ({ seq, by }: QueuePosition, sort: QueueSort) =>
  sort === 'waiting' ? String(seq) : `${seq}~${by}`
