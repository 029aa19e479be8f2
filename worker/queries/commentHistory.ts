import type { Powers } from '../access/permissions.ts'
import type { World } from '../commands/world.ts'
import type { CommentHistory, PastDecision, Revision } from '../contract/commentHistory.ts'
import type { QueueItem } from '../contract/queue.ts'
import { readFindings } from '../contract/readFindings.ts'
import { Refusal } from '../http/refusal.ts'
import { decisionsOf, flagsOf, type PastDecisionRow } from '../store/commentHistory.ts'
import { databaseOf, everyDatabase, iso } from '../store/database.ts'
import { decisionView } from '../store/decidedComments.ts'
import { importOfComment } from '../store/imports.ts'
import * as notes from '../store/notes.ts'
import * as queue from '../store/queue.ts'
import { formerOf, type RevisionRow } from '../store/revisions.ts'
import { siteOfThing } from '../store/siteOfThing.ts'
import { find as findSite } from '../store/sites.ts'
import { openFlagView } from './flagsPage.ts'
import { keptUntil } from './keptUntil.ts'
import { noteView } from './noteView.ts'
import { queueItems } from './queueItems.ts'
import { tree } from './view.ts'

/**
 * All there is about a comment, in three round trips to the database.
 *
 * @throws Refusal `not_found`
 */
export async function commentHistory(
  { env }: World,
  id: string,
  by: { id: string } & Powers,
): Promise<CommentHistory> {
  const sites = await Promise.all(everyDatabase(env).map((db) => siteOfThing(db, 'comment', id)))
  const siteId = sites.find((each) => each !== null)
  if (!siteId) throw new Refusal('not_found')
  const db = databaseOf(env, siteId)
  const [rows, former, decided, flagged, noted, site, brought] = await Promise.all([
    queue.page(db, { ...queue.unfiltered, siteId, ids: [id] }),
    formerOf(db, id),
    decisionsOf(db, id),
    flagsOf(db, id),
    notes.list(db, { kind: 'comment', id }),
    findSite(db, siteId),
    importOfComment(db, id),
  ])
  const [row] = rows
  const [comment] = await queueItems(db, rows)
  if (!row || !comment || !site) throw new Refusal('not_found')
  const decisions = decided.flatMap(pastDecision)
  return {
    comment,
    revisions: row.erased ? [] : [latest(row, comment), ...former.map((one) => revisionView(one, row))],
    decisions,
    flags: flagged.map(({ answered, muted, ...flag }) => ({
      ...openFlagView(flag),
      answered: answered === 1,
      muted: muted === 1,
    })),
    appeal: appealOf(row, decided, decisions),
    notes: noted.map((note) => noteView(note, by)),
    keptUntil: keptUntil(site.settings, {
      ...{ status: row.status, isShown: row.shownRevision !== null, isAppealed: row.appealState === 'open' },
      ...{ createdAt: row.createdAt, decidedAt: row.decidedAt, hasEmail: row.email !== null },
      ...{ importBeganAt: brought?.beganAt ?? null, importWorkedAt: brought?.workedAt ?? null },
      replacedAt: latestOf(
        former.flatMap(({ revision, replacedAt }) => (revision === row.shownRevision ? [] : [replacedAt])),
      ),
      notedAt: latestOf(noted.map(({ createdAt }) => createdAt)),
    }),
  }
}

const latestOf = (times: number[]) => (times.length > 0 ? Math.max(...times) : null)

/** What was said when another look was asked for, and what it is about. */
function appealOf(
  { appeal }: queue.QueueRow,
  decided: PastDecisionRow[],
  decisions: PastDecision[],
): CommentHistory['appeal'] {
  const asked = decided.find(({ action }) => action === 'appeal')
  if (appeal === null || !asked) return null
  const about = decisions.find((decision) => decision.id === asked.decisionBefore) ?? null
  return { note: appeal, at: iso(asked.decidedAt), about }
}

function pastDecision(row: PastDecisionRow): PastDecision[] {
  const view = decisionView(row)
  if (!view) return []
  const undone = row.undoneAt === null ? null : { by: row.undoneBy, at: iso(row.undoneAt) }
  return [{ ...view, revision: row.revision, status: row.status, undone }]
}

/** The text that stands, with what its item says of it: who checks an automatic verdict is not told it. */
const latest = (row: queue.QueueRow, comment: QueueItem): Revision => ({
  ...{ revision: row.revision, body: row.body, content: comment.content },
  ...{ at: comment.editedAt ?? comment.createdAt, by: row.editedBy ?? 'author' },
  ...{ verdict: comment.verdict, findings: comment.findings, shown: row.shownRevision === row.revision },
})

const revisionView = (one: RevisionRow, { createdAt, shownRevision }: queue.QueueRow): Revision => ({
  ...{ revision: one.revision, body: one.body, content: tree(one.content) },
  ...{ at: iso(one.editedAt ?? createdAt), by: one.editedBy ?? 'author' },
  ...{ verdict: one.verdict, findings: readFindings(JSON.parse(one.findings)) },
  shown: one.revision === shownRevision,
})
