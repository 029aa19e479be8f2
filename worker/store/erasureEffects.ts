import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { CommentDecided } from '../contract/events.ts'
import { withoutWords } from './bulkActs.ts'
import { batch, type Condition, sql } from './database.ts'
import type { Subject } from './decidedComments.ts'
import { foundAs } from './decisionEffects.ts'
import { type Decision, record } from './decisions.ts'
import { notingErased } from './erasedPersons.ts'
import { erasing } from './erasure.ts'
import { type ErasureRow, type PartRow, placing } from './erasures.ts'
import { forgettingBadges } from './events.ts'
import { isImported } from './importedKey.ts'
import { reporterOf } from './reporters.ts'
import { forgettingAnswers } from './screeners.ts'
import { scrubbing } from './scrubbing.ts'

interface Slice {
  found: Subject[]
  /** Ids of subscribers whom addresses of the comments belong to. */
  subscribers: string[]
  /** By what they are known again where an import brings them. */
  prints: string[]
  next: ErasureRow['place'] | null
  at: number
}

/**
 * What an erasure does to comments: each is deleted, its words, name and addresses are gone, and all that quotes it. First
 * it is forgotten what their author was told of by mail, as long as it is known by the comments which addresses are theirs.
 */
export async function eraseSlice(
  db: D1Database,
  { authorId, siteId, tokenHash }: PartRow,
  { found, subscribers, prints, next, at }: Slice,
  newDecision: () => Decision,
): Promise<CommentDecided[]> {
  const place = placing(db, authorId, { place: next, at })
  const before = [
    ...forgettingSubscribers(db, { tokenHash, siteId, subscribers }),
    notingErased(db, siteId, prints),
    place,
  ]
  const [head, ...others] = found.map((subject) => ({ subject, decision: newDecision() }))
  if (!head) {
    await batch(db, before)
    return []
  }
  const comments = asFound(found)
  const also = [
    sql(
      db,
      `UPDATE erasures SET erased = erased + (SELECT count(*) FROM comments WHERE erased = 0 AND seq IN (${comments.text}))
       WHERE author_id = ?`,
      ...comments.values,
      authorId,
    ),
    forgettingAnswers(db, siteId, comments),
    sql(db, `DELETE FROM flags WHERE comment_seq IN (${comments.text})`, ...comments.values),
    ...erasing(db, { comments, refused: false, wholly: true, at }),
  ]
  const events = await record(db, [{ ...head, also }, ...others], before)
  return events.filter((event) => event !== null)
}

/** Those of some comments that are as they were found. */
const asFound = (found: Subject[]): Condition => ({
  text: `SELECT s.seq FROM json_each(?) o CROSS JOIN comments s ON s.seq = o.value ->> 'seq'
    WHERE s.decision_id IS o.value ->> 'decision' AND s.status = o.value ->> 'status'`,
  values: [JSON.stringify(found.map(foundAs))],
})

/**
 * Ends an erasure once no comment has words any more: what staff noted of the author goes, the words and networks of
 * their complaints, the networks of their likes, the reasons of their bans, and their badges, also out of the log. Their
 * token opens nothing more, unless a ban stands, which knows them by it; what an import called them goes, as it may be made of
 * their address. Acts on many that were stopped end, where they
 * might go on to search for words of theirs.
 *
 * @returns whether it has ended
 */
export async function endErasure(db: D1Database, part: PartRow, at: number): Promise<boolean> {
  const { authorId, publicId, siteId, tokenHash } = part
  const over = {
    text: 'EXISTS (SELECT 1 FROM erasures WHERE author_id = ? AND ended_at = ?)',
    values: [authorId, at],
  }
  const where = (statement: string, ...values: unknown[]) =>
    sql(db, `${statement} AND ${over.text}`, ...values, ...over.values)
  const [ended] = await batch(db, [
    sql(
      db,
      `UPDATE erasures SET ended_at = ?1, worked_at = ?1 WHERE author_id = ?2 AND ended_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM comments INDEXED BY comments_author WHERE author_id = ?2 AND erased = 0)`,
      at,
      authorId,
    ),
    scrubbing(db, at, over),
    where('DELETE FROM notes WHERE author_id = ?', authorId),
    ...forgettingSubscribers(db, { tokenHash, siteId, subscribers: [] }, over),
    ...forgettingReactions(db, { tokenHash, siteId }, over),
    where(
      'DELETE FROM reporters WHERE site_id = ? AND id = ? AND muted_at IS NULL',
      siteId,
      reporterOf(tokenHash),
    ),
    ...['bans_standing', 'bans_ended'].map((index) =>
      where(
        `UPDATE bans INDEXED BY ${index} SET reason = NULL, network = NULL, network_until = NULL
         WHERE site_id = ? AND kind = 'author' AND value = ? AND ended_at IS ${index === 'bans_ended' ? 'NOT NULL' : 'NULL'}`,
        siteId,
        publicId,
      ),
    ),
    where(
      `UPDATE bulk_acts INDEXED BY bulk_acts_stopped SET state = 'done', reason = NULL, filter = ${withoutWords}
       WHERE state = 'stopped' AND (filter ->> 'q' IS NOT NULL OR filter ->> 'author' = ?)
         AND (site_ids IS NULL OR EXISTS (SELECT 1 FROM json_each(site_ids) WHERE value = ?))`,
      publicId,
      siteId,
    ),
    where(
      `UPDATE authors SET badge = NULL, pinned_trust = NULL, first_approved_at = NULL, token_hash = iif(
         EXISTS (SELECT 1 FROM bans WHERE site_id = ?1 AND kind = 'author' AND value = ?2 AND ended_at IS NULL)
           AND NOT ${isImported('authors')},
         token_hash, 'erased:' || public_id)
       WHERE id = ?3`,
      siteId,
      publicId,
      authorId,
    ),
    forgettingBadges(db, publicId, over),
    where('UPDATE tallies SET version = version + 1 WHERE site_id = ?', siteId),
    where('UPDATE sites SET version = version + 1 WHERE id = ?', siteId),
  ])
  return ended?.meta.changes === 1
}

/**
 * Statements by which it is forgotten what a reader wanted to be told of, and was told, with the address that they confirmed
 * or that nobody has confirmed; but not that somebody complained.
 */
const forgettingSubscribers = (
  db: D1Database,
  { tokenHash, siteId, subscribers }: { tokenHash: string; siteId: string; subscribers: string[] },
  over: Condition = { text: 'TRUE', values: [] },
): D1PreparedStatement[] => {
  const theirs = 'subscriptions INDEXED BY subscriptions_reader WHERE reader = ? AND site_id = ?'
  const ids = `SELECT value FROM json_each(?) UNION SELECT subscriber_id FROM ${theirs} AND (confirmed_at IS NOT NULL
    OR EXISTS (SELECT 1 FROM subscribers WHERE id = subscriber_id AND state = 'pending'))`
  const values = [JSON.stringify(subscribers), tokenHash, siteId]
  return [
    sql(
      db,
      `DELETE FROM subscribers WHERE complained = 0 AND id IN (${ids}) AND ${over.text}`,
      ...values,
      ...over.values,
    ),
    sql(db, `DELETE FROM ${theirs} AND ${over.text}`, tokenHash, siteId, ...over.values),
  ]
}

/** Statements by which a reader's likes and complaints on a site lose words and networks. */
const forgettingReactions = (
  db: D1Database,
  { tokenHash, siteId }: { tokenHash: string; siteId: string },
  { text, values }: Condition,
): D1PreparedStatement[] =>
  [
    `flags INDEXED BY flags_noted SET note = '' WHERE note <> ''`,
    'flags INDEXED BY flags_network_age SET network = NULL WHERE network IS NOT NULL',
    'likes INDEXED BY likes_network_age SET network = NULL, customer = NULL WHERE network IS NOT NULL',
  ].map((change) =>
    sql(
      db,
      `UPDATE ${change} AND reader = ? AND (SELECT site_id FROM comments WHERE seq = comment_seq) = ? AND ${text}`,
      tokenHash,
      siteId,
      ...values,
    ),
  )
