import type { D1Database } from '@cloudflare/workers-types'
import type { ApiToken, Scope } from '../contract/tokens.ts'
import { all, batch, changed, first, iso, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'
import { recordEvent } from './events.ts'
import { present } from './staffChanges.ts'

interface TokenRow {
  id: string
  name: string
  scope: Scope
  siteId: string | null
  createdAt: number
  expiresAt: number | null
  lastUsedAt: number | null
  /** Id and name of who made it; null for the operator, and for tokens of earlier releases. */
  madeBy: string | null
  maker: string | null
}

const columns = `t.id, t.name, t.scope, t.site_id AS siteId, t.created_at AS createdAt, t.expires_at AS expiresAt,
  t.last_used_at AS lastUsedAt, t.made_by AS madeBy, s.name AS maker`

export interface NewToken {
  id: string
  name: string
  scope: Scope
  siteId: string | null
  tokenHash: string
  createdAt: number
  expiresAt: number | null
  madeBy: string | null
}

/** Adds a token. @returns whether it was done: not where who made it has no account any more */
export async function add(db: D1Database, token: NewToken, actor: Actor): Promise<boolean> {
  const { id, name, scope, siteId, createdAt, expiresAt, madeBy } = token
  const { text, values } = present(madeBy)
  const [added] = await batch(db, [
    sql(
      db,
      `INSERT INTO tokens (id, name, token_hash, scope, site_id, created_at, expires_at, made_by)
       SELECT ?, ?, ?, ?, ?, ?, ?, ? WHERE ${text} ON CONFLICT DO NOTHING`,
      id,
      name,
      token.tokenHash,
      scope,
      siteId,
      createdAt,
      expiresAt,
      madeBy,
      ...values,
    ),
    recordEvent(
      db,
      { act: 'token.add', at: createdAt, actor, siteId, name, scope, expiresAt: iso(expiresAt) },
      changed,
    ),
  ])
  return added?.meta.changes === 1
}

/** Whether a token is there, by its id, and not over. */
export const isKnown = async (db: D1Database, id: string, now: number): Promise<boolean> =>
  (await first(
    sql(db, 'SELECT 1 AS found FROM tokens WHERE id = ? AND (expires_at IS NULL OR expires_at > ?)', id, now),
  )) !== null

/** A place in a list of tokens: after the one that was made at a time, in milliseconds since the epoch, and has an id. */
export interface Place {
  createdAt: number
  id: string
}

/** Tokens of a site, or (null) of all and of the instance as a whole, from a place on, the latest first. */
export async function list(
  db: D1Database,
  { siteId, after, limit }: { siteId: string | null; after: Place | null; limit: number },
): Promise<ApiToken[]> {
  const rows = await all<TokenRow>(
    sql(
      db,
      `SELECT ${columns}
       FROM tokens t INDEXED BY ${siteId === null ? 'tokens_latest' : 'tokens_latest_site'}
         LEFT JOIN staff s ON s.id = t.made_by
       WHERE (t.created_at, t.id) < (?, ?) ${siteId === null ? '' : 'AND t.site_id = ?'}
       ORDER BY t.created_at DESC, t.id DESC LIMIT ?`,
      after?.createdAt ?? Number.MAX_SAFE_INTEGER,
      after?.id ?? '',
      ...(siteId === null ? [] : [siteId]),
      limit,
    ),
  )
  return rows.map(tokenOf)
}

const tokenOf = ({ siteId, ...row }: TokenRow): ApiToken => ({
  id: row.id,
  name: row.name,
  scope: row.scope,
  site: siteId,
  createdAt: iso(row.createdAt),
  expiresAt: iso(row.expiresAt),
  lastUsedAt: iso(row.lastUsedAt),
  madeBy: row.maker,
})

/** Whose API token it is, or null when there is none or it has ended. Notes its use, to the hour. */
export async function use(db: D1Database, tokenHash: string, now: number): Promise<TokenRow | null> {
  const row = await first<TokenRow>(
    sql(
      db,
      `SELECT ${columns} FROM tokens t LEFT JOIN staff s ON s.id = t.made_by
       WHERE t.token_hash = ? AND (t.expires_at IS NULL OR t.expires_at > ?)`,
      tokenHash,
      now,
    ),
  )
  if (row && now - (row.lastUsedAt ?? 0) > 3_600_000)
    await batch(db, [sql(db, 'UPDATE tokens SET last_used_at = ? WHERE id = ?', now, row.id)])
  return row
}

/** Removes a token; false when there is none. */
export async function remove(db: D1Database, id: string, actor: Actor, now: number): Promise<boolean> {
  const row = await first<{ siteId: string | null }>(
    sql(db, 'SELECT site_id AS siteId FROM tokens WHERE id = ?', id),
  )
  const [removed] = await batch(db, [
    sql(db, 'DELETE FROM tokens WHERE id = ?', id),
    recordEvent(db, { act: 'token.remove', at: now, actor, siteId: row?.siteId ?? null, id }, changed),
  ])
  return removed?.meta.changes === 1
}
