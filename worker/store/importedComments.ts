import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { batch, sql } from './database.ts'
import {
  ancestorsOf,
  authorsOf,
  linkingAll,
  shownIn,
  tallying,
  threadsOf,
  unindexed,
} from './importedEffects.ts'
import { answersTo, type Brought, type BroughtSlice, isShown } from './importedSlice.ts'
import { counting } from './imports.ts'
import { untaught } from './lessons.ts'
import { threadAt, versionOf } from './threads.ts'

/** What of a comment the learner learns from. */
export const teaches = ({ decided, status, staffId }: Pick<Brought, 'decided' | 'status' | 'staffId'>) =>
  decided && staffId === null && (status === 'approved' || status === 'spam')

/** What screening would have said of a comment with this status. */
const verdicts = { approved: 'approve', pending: 'hold', rejected: 'reject', spam: 'spam', deleted: 'hold' }

/** Bytes of JSON that one statement is bound to at most: D1 takes 2 MB. */
const mostBytes = 1_000_000

/**
 * Stores what a slice brings, in one transaction and a bounded number of statements: as posts and decisions would have,
 * but that nobody is told, no day counts them, and nobody has decided them here.
 *
 * @throws Error of a constraint where another comment took a number or an id, an answered comment is gone, a page moved, or
 * the import takes no more: then nothing is stored, and all is to be read again
 */
export async function bring(db: D1Database, slice: BroughtSlice): Promise<void> {
  const { siteId, importNumber, at, comments, known } = slice
  const lessons = comments.filter(teaches)
  await batch(db, [
    counting(db, importNumber, {
      ...{ state: 'working', added: comments.length, known, lessons: lessons.length, at },
    }),
    ...threadsOf(db, slice),
    ...(comments.length === 0
      ? []
      : [
          authorsOf(db, slice),
          ...inserting(db, slice),
          ...ancestorsOf(db, comments),
          ...shownIn(db, slice),
          tallying(db, slice),
          ...linkingAll(db, slice),
          ...(slice.isSearched ? [unindexed(db, comments)] : []),
          ...untaught(
            db,
            lessons.map(({ seq }) => ({ seq, site: siteId, since: at })),
            { text: 'TRUE', values: [] },
          ),
        ]),
  ])
}

/** Whether a thread `t` answers under the key of a comment `j`, and under that which led there, as they were read. */
const stands = `t.moved_to IS NULL
  AND iif(j.value ->> 'moved_from' IS NULL, TRUE, t.id = ${threadAt('?2', "j.value ->> 'moved_from'")})`

/** The statements that store the comments: one, unless they are long. They fail where a thread is not as it was read. */
function inserting(db: D1Database, { siteId, importNumber, comments }: BroughtSlice): D1PreparedStatement[] {
  const answers = answersTo(comments)
  const turns = new Map<string, number>()
  const rows = comments.map((one): Record<string, unknown> => {
    const turn = isShown(one) ? (turns.get(one.key) ?? 0) + 1 : 0
    if (turn > 0) turns.set(one.key, turn)
    return {
      ...{ seq: one.seq, id: one.id, parent_id: one.parent?.id ?? null, parent_seq: one.parent?.seq ?? null },
      ...{ root_seq: one.parent?.rootSeq ?? null, page_url: one.page.url, page_title: one.page.title },
      ...{ name: one.name, email: one.email, url: one.url, staff_id: one.staffId, status: one.status },
      ...{ shown_revision: isShown(one) ? 1 : null, body: one.body, content: one.content },
      ...{ body_hash: one.bodyHash, signature: one.signature, findings: one.findings },
      ...{ verdict: verdicts[one.status], created_at: one.createdAt, edited_at: one.editedAt },
      ...{ likes: one.likes, pinned_at: one.pinned && isShown(one) ? one.createdAt : null },
      ...{ reply_count: answers.get(one.seq)?.replies ?? 0, branch_count: answers.get(one.seq)?.branch ?? 0 },
      ...{ erased: Number(one.erased), decided_before: Number(teaches(one)), key: one.key },
      moved_from: one.movedFrom,
      ...{ author: one.authorKey, turn },
    }
  })
  const columns = Object.keys(rows[0] ?? {}).filter(
    (name) => !['key', 'moved_from', 'author', 'turn'].includes(name),
  )
  const values = columns.map((column) => `j.value ->> '${column}'`)
  return chunks(rows).map((texts) =>
    sql(
      db,
      `INSERT INTO comments (${columns}, site_id, thread_id, author_id, author_public_id, request_hash, elapsed_ms,
         import_number, shown_version)
       SELECT ${values}, ?2, iif(${stands}, t.id, NULL), a.id, a.public_id, '', 0, ?3,
         iif(j.value ->> 'turn' = 0, 0, ${versionOf('t')} + j.value ->> 'turn')
       FROM json_each(?1) j LEFT JOIN threads t ON t.site_id = ?2 AND t.key = j.value ->> 'key'
         CROSS JOIN authors a ON a.token_hash = j.value ->> 'author' AND a.site_id = ?2`,
      `[${texts}]`,
      siteId,
      importNumber,
    ),
  )
}

/** Rows as JSON, in so many parts that none is too long for a statement. */
function chunks(rows: Record<string, unknown>[]): string[][] {
  const parts: string[][] = []
  let bytes = 0
  for (const text of rows.map((row) => JSON.stringify(row))) {
    const length = new TextEncoder().encode(text).length
    if (parts.length === 0 || bytes + length > mostBytes) {
      parts.push([])
      bytes = 0
    }
    parts.at(-1)?.push(text)
    bytes += length
  }
  return parts
}
