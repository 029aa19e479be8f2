import type { D1Database } from '@cloudflare/workers-types'
import { all, sql } from './database.ts'
import { byTime } from './timeOrder.ts'

/** Somebody who speaks for a site, by what readers see of them. */
export interface BadgeHolder {
  /** Their public id as an author. */
  authorId: string
  badge: string
  /** Names of their latest comments. */
  names: string[]
}

/** Authors of a site with a badge. */
export async function badgeHolders(db: D1Database, siteId: string): Promise<BadgeHolder[]> {
  const rows = await all<Omit<BadgeHolder, 'names'> & { names: string }>(
    sql(
      db,
      `SELECT a.public_id AS authorId, a.badge, (${namesOf('a.id')}) AS names
       FROM authors a INDEXED BY authors_badged WHERE a.site_id = ? AND a.badge IS NOT NULL`,
      siteId,
    ),
  )
  return rows.map(({ names, ...holder }) => ({ ...holder, names: [...new Set<string>(JSON.parse(names))] }))
}

const namesOf = (author: string) => `SELECT json_group_array(name) FROM (
  SELECT c.name FROM comments c INDEXED BY comments_author
  WHERE c.author_id = ${author} AND c.erased = 0 ORDER BY ${byTime('c', 'DESC')} LIMIT 5)`

/** Those who have an account for a site. @param db the main database */
export const accounts = (db: D1Database, siteId: string): Promise<{ id: string; name: string }[]> =>
  all(
    sql(
      db,
      `SELECT id, name FROM staff INDEXED BY staff_everywhere WHERE every_site = 1 AND removed_at IS NULL
       UNION SELECT s.id, s.name FROM staff_sites x INDEXED BY staff_sites_site JOIN staff s ON s.id = x.staff_id
         WHERE x.site_id = ?`,
      siteId,
    ),
  )

/** So many of them at most, by name. */
export const colleagues = (
  db: D1Database,
  siteId: string,
  most: number,
): Promise<{ id: string; name: string }[]> =>
  all(
    sql(
      db,
      `SELECT id, name FROM (
         SELECT * FROM (SELECT id, name FROM staff INDEXED BY staff_everywhere
           WHERE every_site = 1 AND removed_at IS NULL LIMIT ?2)
         UNION SELECT * FROM (SELECT s.id, s.name FROM staff_sites x INDEXED BY staff_sites_site
           JOIN staff s ON s.id = x.staff_id WHERE x.site_id = ?1 LIMIT ?2)) ORDER BY name LIMIT ?2`,
      siteId,
      most,
    ),
  )

/** Their names. */
export const accountNames = async (db: D1Database, siteId: string): Promise<string[]> =>
  (await accounts(db, siteId)).map(({ name }) => name)

/** Names of others who have an account for any of some sites, or (`*`) at all. @param db the main database */
export async function namesBeside(
  db: D1Database,
  { id, sites }: { id: string; sites: '*' | readonly string[] },
): Promise<string[]> {
  const rows = await all<{ name: string }>(
    sql(
      db,
      sites === '*'
        ? 'SELECT name FROM staff INDEXED BY staff_names WHERE removed_at IS NULL AND id <> ?'
        : `SELECT name FROM staff WHERE removed_at IS NULL AND id <> ? AND id IN (
             SELECT id FROM staff INDEXED BY staff_everywhere WHERE every_site = 1 AND removed_at IS NULL
             UNION SELECT staff_id FROM staff_sites INDEXED BY staff_sites_site
               WHERE site_id IN (SELECT value FROM json_each(?)))`,
      ...(sites === '*' ? [id] : [id, JSON.stringify(sites)]),
    ),
  )
  return rows.map(({ name }) => name)
}

/** What some authors called themselves last, with their badge, by public id; who has no comment any more is left out. */
export async function latestNames(db: D1Database, authorIds: string[]): Promise<Map<string, string>> {
  if (authorIds.length === 0) return new Map()
  const rows = await all<{ id: string; name: string | null; badge: string | null }>(
    sql(
      db,
      `SELECT public_id AS id, (${namesOf('authors.id')}) ->> '$[0]' AS name, badge FROM authors
       WHERE public_id IN (SELECT value FROM json_each(?))`,
      JSON.stringify([...new Set(authorIds)]),
    ),
  )
  return new Map(
    rows.flatMap(({ id, name, badge }) =>
      name === null ? [] : [[id, badge === null ? name : `${name} (${badge})`]],
    ),
  )
}
