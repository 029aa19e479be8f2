import type { DatabaseSync } from 'node:sqlite'

/** The figures of each day, as the roll-up of its events makes them. */
export function fillFigures(db: DatabaseSync): void {
  db.exec(`CREATE TEMP TABLE days AS SELECT c.site_id AS site, c.created_at / 86400000 AS day, c.status, c.thread_id AS thread, c.judged,
      d.actor_id AS actor, d.actor_name AS name, d.action, d.reason FROM comments c LEFT JOIN decisions d ON d.id = c.decision_id`)
  const named = (table: string, key: string, value: string) =>
    `(SELECT json_group_object(${key}, ${value}) FROM (${table}))`
  for (const [site, of] of [
    ['site', 'site = x.site AND day = x.day'],
    ["''", 'day = x.day'],
  ] as const) {
    db.exec(`CREATE INDEX temp.days_part ON days (${site === 'site' ? 'site, day' : 'day'})`)
    const counts = (key: string, where = 'TRUE') =>
      `SELECT ${key} AS key, count(*) AS n FROM temp.days WHERE ${of} AND ${where} GROUP BY 1`
    const acts = `SELECT actor, name, json_group_object(action, n) AS acts FROM (SELECT actor, name, action, count(*) AS n FROM temp.days
      WHERE ${of} AND actor IS NOT NULL GROUP BY actor, action) GROUP BY actor`
    db.exec(`INSERT INTO daily_figures (site_id, day, figures) SELECT x.site, x.day, json_object('comments', ${named(counts('status'), 'key', 'n')},
        'people', ${named(acts, 'actor', "json_object('name', name, 'acts', json(acts))")},
        'reasons', ${named(counts('reason', 'reason IS NOT NULL'), 'key', 'n')},
        'waits', json_object('40', ${`(SELECT count(*) FROM temp.days WHERE ${of} AND judged)`}),
        'pages', ${named(`${counts('thread', "status = 'approved'")} ORDER BY n DESC LIMIT 200`, 'key', 'n')})
      FROM (SELECT DISTINCT ${site} AS site, day FROM temp.days) x`)
    db.exec('DROP INDEX temp.days_part')
  }
}
