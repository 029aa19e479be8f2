import type { DatabaseSync } from 'node:sqlite'
import type { Searchable } from '../../../worker/search/searchable.ts'
import { tokensOf } from '../../../worker/search/tokens.ts'
import { positionOf } from '../../../worker/store/searchPositions.ts'

const chunk = 20_000

type Row = Omit<Searchable, 'content' | 'findings'> & { seq: number; content: string; findings: string }

/** Makes the full-text index of a main database in an empty one, as its jobs would. */
export function fillSearch(main: DatabaseSync, search: DatabaseSync, progress: (done: string) => void): void {
  const read =
    main.prepare(`SELECT c.seq, c.site_id AS siteId, c.author_public_id AS authorId, c.thread_id AS threadId, t.key AS threadKey,
      t.title AS threadTitle, c.status, c.body, c.content, c.name, c.email, c.created_at AS createdAt, c.edited_at AS editedAt, c.flags, c.appeal,
      c.appeal_state AS appealState, c.findings, d.reason
    FROM comments c JOIN threads t ON t.id = c.thread_id LEFT JOIN decisions d ON d.id = c.decision_id
    WHERE c.seq > ? ORDER BY c.seq LIMIT ${chunk}`)
  const add = search.prepare('INSERT INTO documents (rowid, tokens) VALUES (?, ?)')
  let [last, built] = [0, 0]
  for (;;) {
    const rows = read.all(last) as unknown as Row[]
    if (rows.length === 0) break
    search.exec('BEGIN')
    for (const row of rows) {
      const comment = { ...row, content: JSON.parse(row.content), findings: JSON.parse(row.findings) }
      add.run(positionOf(row), tokensOf(comment))
    }
    search.exec('COMMIT')
    last = rows.at(-1)?.seq ?? last
    built += rows.length
    progress(`${built} documents of the search`)
  }
  const event = Number(Object.values(main.prepare('SELECT max(id) FROM events').get() ?? {})[0])
  search
    .prepare('UPDATE progress SET turn = 1, event = ?, build_below = 0, built = ?, total = ?')
    .run(event, built, built)
}
