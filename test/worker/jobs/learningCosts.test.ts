import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { fineText, spamText } from '../corpus.ts'
import { counting } from '../counted.ts'
import { deliver, losing, sweepAt } from '../jobs.ts'
import { addSchool, decideAll, stored } from '../school.ts'

/** Lessons of a site, each by another author, on comments that nobody looks at. */
async function fillLessons(site: string, most: number): Promise<void> {
  await env.DB.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 1000000 UNION ALL SELECT i + 1 FROM n WHERE i < 999999 + ?2)
     INSERT INTO lessons (site_id, comment_seq, label, features, author_id, source, cluster, place)
     SELECT ?1, i, iif(i % 2, 'fine', 'spam'), 'Latin ', i, i, i, 0 FROM n`,
  )
    .bind(site, most)
    .run()
}

/** Rows that a learning job reads. */
async function rowsOfJob(site: string): Promise<number> {
  const { environment, count } = counting(losing)
  await deliver([{ v: 1, learn: site }], { environment })
  return count.read
}

describe('A decision is taken in', () => {
  it.each([100, 10_000])(
    'at a few rows where there are %i lessons, with an address or again',
    async (most) => {
      const site = await addSchool()
      await fillLessons(site, most)
      const ids = await stored(site, [fineText(1), fineText(2)])
      await env.DB.prepare("UPDATE comments SET address = 'somewhere' WHERE site_id = ?").bind(site).run()
      await decideAll(
        ids.map((id) => ({ id, action: 'approve' })),
        losing,
      )
      expect(await rowsOfJob(site)).toBeLessThan(60)
      const places = await env.DB.prepare(
        'SELECT source, place FROM lessons WHERE site_id = ? AND comment_seq < 1000000 ORDER BY comment_seq',
      )
        .bind(site)
        .all<{ source: number; place: number }>()
      expect(places.results.map(({ place }) => place)).toEqual([0, 1])
      expect(new Set(places.results.map(({ source }) => source)).size).toBe(1)

      await decideAll([{ id: ids[0] as string, action: 'spam' }], losing)
      expect(await rowsOfJob(site)).toBeLessThan(60)
    },
  )
})

describe('The sweep', () => {
  it('reads of learners only those that owe work', async () => {
    const cost = async () => {
      const { environment, count } = counting(losing)
      await sweepAt(Date.now() + 120_000, environment)
      return count.read
    }
    const site = await addSchool()
    const none = await cost()
    await env.DB.batch([
      env.DB.prepare(
        `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
         INSERT INTO sites (id, name, origins, locale, policy, created_at)
         SELECT 'learnt-' || i, 'x', '[]', 'en', 'trusted', 0 FROM n`,
      ),
      env.DB.prepare(
        `INSERT INTO learners (site_id, lessons_version, model_version)
         SELECT id, 7, 7 FROM sites WHERE id LIKE 'learnt-%'`,
      ),
    ])
    expect(await cost()).toBe(none)
    const ids = await stored(
      site,
      Array.from({ length: 40 }, (_, at) => spamText(at)),
    )
    const more = await cost()
    await decideAll(
      ids.map((id) => ({ id, action: 'spam' })),
      losing,
    )
    expect((await cost()) - more).toBeLessThan(10)
  })
})
