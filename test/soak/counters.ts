import { DatabaseSync } from 'node:sqlite'
import type { Stored } from './ledger.ts'

/** Every counter that is kept beside what it counts, as a query for the rows where the two differ. */
const counters = {
  'comments shown in a thread': `SELECT count(*) AS n FROM threads t WHERE count <>
    (SELECT count(*) FROM comments WHERE thread_id = t.id AND shown_revision IS NOT NULL)`,
  'replies shown in a branch': `SELECT count(*) AS n FROM comments r WHERE branch_count <>
    (SELECT count(*) FROM comments WHERE root_seq = r.seq AND shown_revision IS NOT NULL)`,
  'replies shown of a comment': `SELECT count(*) AS n FROM comments p WHERE reply_count <>
    (SELECT count(*) FROM comments WHERE parent_seq = p.seq AND shown_revision IS NOT NULL)`,
  'decided comments of an author': `SELECT count(*) AS n FROM authors a WHERE (approved, rejected, spam) <>
    (SELECT coalesce(sum(status = 'approved'), 0), coalesce(sum(status = 'rejected'), 0),
       coalesce(sum(status = 'spam'), 0) FROM comments WHERE author_id = a.id)`,
  'comments vouched for of an author': `SELECT count(*) AS n FROM authors a WHERE vouched <>
    (SELECT count(*) FROM comments c JOIN decisions d ON d.id = c.decision_id
     WHERE c.author_id = a.id AND c.status = 'approved' AND d.actor_kind IN ('moderator', 'operator'))`,
  'held comments of a site': `SELECT count(*) AS n FROM tallies t WHERE held <>
    (SELECT count(*) FROM comments WHERE site_id = t.site_id AND status = 'pending')`,
  'spam of a site': `SELECT count(*) AS n FROM tallies t WHERE spam <>
    (SELECT count(*) FROM comments WHERE site_id = t.site_id AND status = 'spam')`,
  'flagged comments of a site': `SELECT count(*) AS n FROM tallies t WHERE flagged <>
    (SELECT count(*) FROM comments WHERE site_id = t.site_id AND status = 'approved' AND flags > 0)`,
  'likes of a comment': `SELECT count(*) AS n FROM comments c WHERE likes <>
    (SELECT count(*) FROM likes WHERE comment_seq = c.seq)`,
}

/** The comments of a database file, and how many rows of each counter are wrong. */
export function examine(file: string): { stored: Map<string, Stored>; drift: Record<string, number> } {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    const rows = db.prepare('SELECT id, body FROM comments').all() as unknown as Stored[]
    const drift = Object.entries(counters).map(([name, query]): [string, number] => [
      name,
      Number(db.prepare(query).get()?.n),
    ])
    return { stored: new Map(rows.map((row) => [row.id, row])), drift: Object.fromEntries(drift) }
  } finally {
    db.close()
  }
}
