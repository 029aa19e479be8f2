import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { StaffEvent } from '../contract/events.ts'
import { type Banned, type BanRow, widthOf } from './bans.ts'
import { batch, changed, iso, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'
import { recordEvent } from './events.ts'

/** Who changes bans, and when. */
export interface By {
  actor: Actor
  /** Milliseconds since the epoch. */
  at: number
}

/** The statements by which a ban stands, in the place of the one that it replaces. */
export const placing = (db: D1Database, ban: BanRow): D1PreparedStatement[] => [
  sql(
    db,
    `UPDATE bans SET ended_at = ? WHERE site_id = ? AND kind = ? AND value = ? AND ended_at IS NULL AND id <> ?`,
    ban.created_at,
    ban.site_id,
    ban.kind,
    ban.value,
    ban.id,
  ),
  sql(
    db,
    `INSERT INTO bans (id, site_id, kind, value, until, reason, created_at, network, network_until, replaces)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    ban.id,
    ban.site_id,
    ban.kind,
    ban.value,
    ban.until,
    ban.reason,
    ban.created_at,
    ban.network,
    ban.network_until,
    ban.replaces,
  ),
]

/** Has a ban stand. */
export async function place(db: D1Database, ban: BanRow, { actor, at }: By): Promise<void> {
  const event: StaffEvent = { act: 'ban.add', at, actor, siteId: ban.site_id, ...tellingOf(ban) }
  await batch(db, [...placing(db, ban), recordEvent(db, event, changed)])
}

/** What an event tells of a ban that was placed. */
export const tellingOf = (ban: BanRow) => ({
  ...{ banId: ban.id, kind: ban.kind, until: iso(ban.until) },
  ...told(ban),
  ...(ban.network !== null && { network: widthOf(ban.network) }),
  ...(ban.replaces !== null && { replaces: ban.replaces }),
})

/** What an event tells of who is banned: an address or a domain may be a person's, and stays with the ban alone. */
const told = ({ kind, value }: Pick<Banned, 'kind' | 'value'>) => (kind === 'author' ? { value } : {})

/** The statements by which a ban ends and, where its placing is undone, the one before stands again. */
export const ending = (
  db: D1Database,
  ban: BanRow,
  { at, undo }: { at: number; undo: boolean },
): D1PreparedStatement[] => [
  sql(db, 'UPDATE bans SET ended_at = ? WHERE id = ? AND ended_at IS NULL', at, ban.id),
  ...(undo && ban.replaces !== null
    ? [sql(db, `UPDATE bans SET ended_at = NULL WHERE id = ? AND ${changed.text}`, ban.replaces)]
    : []),
]

/** Ends a ban. @param undo whether the ban that it replaced stands again. @returns false where it had ended before */
export async function end(
  db: D1Database,
  ban: BanRow,
  { actor, at, undo }: By & { undo: boolean },
): Promise<boolean> {
  const event: StaffEvent = {
    ...{ act: 'ban.remove', at, actor, siteId: ban.site_id, banId: ban.id, kind: ban.kind },
    ...told(ban),
    ...(undo && ban.replaces !== null && { restores: ban.replaces }),
  }
  const results = await batch(db, [...ending(db, ban, { at, undo }), recordEvent(db, event, changed)])
  return results[0]?.meta.changes === 1
}
