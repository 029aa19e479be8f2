import type { D1Database } from '@cloudflare/workers-types'
import type { Finding } from '../contract/findings.ts'
import type { QueueItem } from '../contract/queue.ts'
import { readFindings } from '../contract/readFindings.ts'
import type { Site } from '../contract/site.ts'
import * as flags from '../store/flags.ts'
import type { QueueRow } from '../store/queue.ts'
import * as sites from '../store/sites.ts'
import { latestNames } from '../store/staffNames.ts'
import { queueView } from './view.ts'

/**
 * Comments as moderators see them, with their sites, findings and flags. It takes one round trip to the database.
 *
 * @param site theirs, where all are of one that is known already
 */
export async function queueItems(
  db: D1Database,
  items: QueueRow[],
  site: Site | null = null,
): Promise<QueueItem[]> {
  const findings = new Map(items.map((row) => [row.seq, readFindings(JSON.parse(row.findings))]))
  const [known, flagged, names] = await Promise.all([
    site
      ? new Map([[site.id, site]])
      : sites.some(
          db,
          items.map((row) => row.siteId),
        ),
    flags.ofComments(
      db,
      items.flatMap((row) => (row.flags > 0 ? [row.seq] : [])),
    ),
    latestNames(db, [...findings.values()].flat().flatMap(wornOf)),
  ])
  return items.map((row) =>
    queueView(row, {
      site: known.get(row.siteId) as Site,
      findings: (findings.get(row.seq) ?? []).map((finding) => naming(finding, names)),
      flags: flagged.get(row.seq),
    }),
  )
}

/** The author whose name another one wears. */
const wornOf = (finding: Finding) =>
  finding.code === 'impersonation' && finding.params.author !== undefined ? [finding.params.author] : []

/** A finding with the name and badge of that author, which are kept with them alone. */
function naming(finding: Finding, names: Map<string, string>): Finding {
  if (finding.code !== 'impersonation') return finding
  const { author } = finding.params
  return author === undefined
    ? finding
    : { ...finding, params: { author, name: names.get(author) ?? author } }
}
