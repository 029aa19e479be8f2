import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { StaffEvent } from '../contract/events.ts'
import type { Policy } from '../contract/policies.ts'
import type { Site } from '../contract/site.ts'
import { readSettings, type SiteSettings, settingsIn, siteSettings } from '../contract/siteSettings.ts'
import { all, batch, changed, first, iso, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'
import { recordEvent } from './events.ts'
import { makeTotals } from './tallies.ts'

interface SiteRow {
  id: string
  name: string
  origins: string
  locale: string
  policy: Policy
  settings: string
  created_at: number
  archived_at: number | null
}

const siteOf = (row: SiteRow): Site => ({
  id: row.id,
  name: row.name,
  origins: JSON.parse(row.origins),
  locale: row.locale,
  policy: row.policy,
  settings: readSettings(row.settings),
  createdAt: iso(row.created_at),
  archivedAt: iso(row.archived_at),
})

export async function find(db: D1Database, id: string): Promise<Site | null> {
  const row = await first<SiteRow>(sql(db, 'SELECT * FROM sites WHERE id = ?', id))
  return row && siteOf(row)
}

/** The site that a comment is on, or null. */
export async function ofComment(db: D1Database, commentId: string): Promise<Site | null> {
  const text = 'SELECT * FROM sites WHERE id = (SELECT site_id FROM comments WHERE id = ?)'
  const row = await first<SiteRow>(sql(db, text, commentId))
  return row && siteOf(row)
}

/** Some of the sites, by id. */
export async function some(db: D1Database, ids: Iterable<string>): Promise<Map<string, Site>> {
  const rows = await all<SiteRow>(
    sql(
      db,
      'SELECT * FROM sites WHERE id IN (SELECT value FROM json_each(?))',
      JSON.stringify([...new Set(ids)]),
    ),
  )
  return new Map(rows.map((row) => [row.id, siteOf(row)]))
}

/** Some of the sites, or all, by id. */
export async function list(db: D1Database, ids: string[] | null = null): Promise<Site[]> {
  if (ids)
    return Array.from((await some(db, ids)).values()).sort((one, other) => (one.id < other.id ? -1 : 1))
  return (await all<SiteRow>(sql(db, 'SELECT * FROM sites ORDER BY id'))).map(siteOf)
}

/** The first of some sites, or of all, after an id. */
export async function page(
  db: D1Database,
  ids: string[] | null,
  { after, limit }: { after: string; limit: number },
): Promise<Site[]> {
  if (ids)
    return list(
      db,
      ids
        .filter((id) => id > after)
        .sort()
        .slice(0, limit),
    )
  const text = 'SELECT * FROM sites WHERE id > ? ORDER BY id LIMIT ?'
  return (await all<SiteRow>(sql(db, text, after, limit))).map(siteOf)
}

export type SiteInput = Omit<Site, 'createdAt' | 'archivedAt' | 'settings'> & {
  settings?: Partial<SiteSettings>
}

/** Adds a site. @returns what happened, or null when the id is taken */
export async function add(db: D1Database, site: SiteInput, by: By): Promise<StaffEvent | null> {
  const event: StaffEvent = { act: 'site.add', ...by, ...stateOf(site) }
  const [added] = await batch(db, [
    sql(
      db,
      `INSERT INTO sites (id, name, origins, locale, policy, settings, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
      site.id,
      site.name,
      JSON.stringify(site.origins),
      site.locale,
      site.policy,
      JSON.stringify(site.settings ?? {}),
      by.at,
    ),
    recordEvent(db, event, changed),
    sql(db, 'INSERT INTO tallies (site_id) VALUES (?) ON CONFLICT DO NOTHING', site.id),
    makeTotals(db),
  ])
  return added?.meta.changes === 1 ? event : null
}

/** Writes a site's new state, and that readers see some of it, with further statements of the same transaction. */
export async function update(
  db: D1Database,
  site: SiteInput,
  by: By,
  also: D1PreparedStatement[] = [],
): Promise<StaffEvent> {
  const event: StaffEvent = { act: 'site.change', ...by, ...stateOf(site) }
  const kept = settingsIn('kept').map(
    (name) => `coalesce(settings ->> '${name}', ${siteSettings[name].preset})`,
  )
  await batch(db, [
    // Who shortens a time by mistake has a day to lengthen it again.
    sql(
      db,
      `UPDATE tallies SET expiry_at = max(expiry_at, ?1), fields_at = max(fields_at, ?1) WHERE site_id = ?2
         AND (SELECT json_array(${kept}) FROM sites WHERE id = tallies.site_id)
           <> (SELECT json_array(${kept}) FROM (SELECT ?3 AS settings))`,
      by.at + 86_400_000,
      site.id,
      JSON.stringify(site.settings ?? {}),
    ),
    sql(
      db,
      `UPDATE sites SET name = ?, origins = ?, locale = ?, policy = ?, settings = ?, version = version + 1
       WHERE id = ?`,
      site.name,
      JSON.stringify(site.origins),
      site.locale,
      site.policy,
      JSON.stringify(site.settings ?? {}),
      site.id,
    ),
    ...also,
    recordEvent(db, event),
  ])
  return event
}

interface By {
  actor: Actor
  /** Milliseconds since the epoch. */
  at: number
}

const stateOf = ({ id, name, origins, locale, policy, settings }: SiteInput) => ({
  siteId: id,
  name,
  origins,
  locale,
  policy,
  settings,
})
