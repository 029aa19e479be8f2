import type { World } from '../commands/world.ts'
import type { SecondLooks } from '../contract/secondLooks.ts'
import type { Site } from '../contract/site.ts'
import * as queue from '../store/queue.ts'
import * as secondLooks from '../store/secondLooks.ts'
import * as sites from '../store/sites.ts'
import { queueView } from './view.ts'

/** The comments of a site that a person is asked about again, the longest waiting first. It takes two round trips. */
export async function secondLooksOf({ db }: World, siteId: string): Promise<SecondLooks> {
  const [seqs, answered, site] = await Promise.all([
    secondLooks.waiting(db, siteId),
    secondLooks.answered(db, siteId),
    sites.find(db, siteId),
  ])
  if (seqs.length === 0 || !site) return { items: [], next: null, answered }
  const rows = await queue.page(db, { ...queue.unfiltered, siteId, seqs, limit: seqs.length })
  rows.sort((one, other) => seqs.indexOf(one.seq) - seqs.indexOf(other.seq))
  return { items: rows.map((row) => blindView(row, site)), next: null, answered }
}

/** What staff sees of a comment that tells nothing of what was decided. */
function blindView(row: queue.QueueRow, site: Site): SecondLooks['items'][0] {
  const { id, revision, body, content, author, thread, parent, createdAt, editedAt, ...seen } = queueView(
    row,
    {
      ...{ site, findings: [] },
    },
  )
  return { id, revision, body, content, author, thread, site: seen.site, parent, createdAt, editedAt }
}
