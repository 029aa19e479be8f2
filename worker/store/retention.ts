import type { D1Database } from '@cloudflare/workers-types'
import { datedHash } from '../contract/networks.ts'
import { forgettingBans } from './bans.ts'
import { batch, first, sql } from './database.ts'
import { forgettingActs } from './dayBudget.ts'
import { forgettingBlocks } from './mailBlocks.ts'
import { forgettingNews } from './readerNews.ts'
import { forgettingSubscribers } from './subscribers.ts'
import * as voices from './voices.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** The secret under which addresses of a day (`2026-11-23`, UTC) are kept: the first one offered for it. */
export async function dailySecret(db: D1Database, date: string, offered: string): Promise<string> {
  const finding = sql(db, 'SELECT secret FROM daily_secrets WHERE day = ?', date)
  const known = await first<{ secret: string }>(finding)
  if (known) return known.secret
  const results = await batch<{ secret: string }>(db, [
    // The next one takes their very place in the file.
    sql(db, 'DELETE FROM daily_secrets WHERE day < ?', date),
    sql(db, 'INSERT INTO daily_secrets (day, secret) VALUES (?, ?) ON CONFLICT DO NOTHING', date, offered),
    finding,
  ])
  return results.at(-1)?.results[0]?.secret as string
}

/**
 * Removes what is kept for a time only: secrets of past days, addresses after three days and those of withdrawn comments after the
 * day, networks that bans took along, bans that ended a month ago, what networks did on past days, expired sessions and sign-in links,
 * and which addresses mail was not sent to, after a year.
 */
export async function purge(db: D1Database, now: number): Promise<void> {
  await batch(db, [
    sql(db, 'DELETE FROM daily_secrets WHERE day < ?', new Date(now).toISOString().slice(0, 10)),
    sql(
      db,
      `UPDATE comments SET address = NULL WHERE seq IN (
         SELECT seq FROM comments INDEXED BY comments_address
         WHERE address IS NOT NULL AND address < ? ORDER BY address LIMIT 500)`,
      datedHash('', now - 2 * day),
    ),
    sql(
      db,
      `UPDATE comments SET address = NULL WHERE seq IN (
         SELECT seq FROM comments INDEXED BY comments_withdrawn_address
         WHERE erased = 1 AND address IS NOT NULL AND address < ? LIMIT 500)`,
      datedHash('', now),
    ),
    ...(['likes', 'flags'] as const).map((table) =>
      sql(
        db,
        `UPDATE ${table} SET ${table === 'likes' ? 'customer = NULL, ' : ''}network = NULL
         WHERE (comment_seq, reader) IN (
           SELECT comment_seq, reader FROM ${table} INDEXED BY ${table}_network_age
           WHERE network IS NOT NULL AND at < ? LIMIT 500)`,
        now - 3 * day,
      ),
    ),
    ...forgettingBans(db, now),
    forgettingActs(db, now),
    sql(db, 'DELETE FROM sessions WHERE expires_at < ?', now),
    sql(db, 'DELETE FROM sign_in_links WHERE expires_at < ?', now),
    voices.forgetting(db, now),
    forgettingBlocks(db, now),
    ...(now % hour < minute ? [...forgettingSubscribers(db, now), ...forgettingNews(db, now)] : []),
  ])
}
