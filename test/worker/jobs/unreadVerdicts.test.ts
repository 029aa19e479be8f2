import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { fineText, spamText } from '../corpus.ts'
import { deliver } from '../jobs.ts'
import { asOperator, decided, json, screened } from '../product.ts'
import { addSchool, examined, stored, study, taught } from '../school.ts'

/** How many verdicts of a site count as such that nobody read. */
async function unread(site: string): Promise<number> {
  const row = await env.DB.prepare(
    'SELECT (SELECT coalesce(sum(value), 0) FROM json_each(unread_verdicts)) AS count FROM tallies WHERE site_id = ?',
  )
    .bind(site)
    .first<{ count: number }>()
  return row?.count ?? 0
}

/** A site whose learner has decided four comments by itself. */
async function automatic() {
  const site = await addSchool()
  await taught(site)
  const items = await examined(site, [900, 901, 902].map(spamText).concat(fineText(903)))
  expect(items.map(({ status }) => status)).toEqual(['spam', 'spam', 'spam', 'approved'])
  return { site, ids: items.map(({ id }) => id) as [string, string, string, string] }
}

it('counts an automatic verdict as unread until a person decides its comment, whatever becomes of that', async () => {
  const { site, ids } = await automatic()
  expect(await unread(site)).toBe(4)
  const { decisionId } = await decided(ids[0], 'approve')
  await decided(ids[3], 'reject', { reason: 'abuse' })
  await study(site)
  expect(await unread(site)).toBe(2)
  await json(asOperator('DELETE', `/v1/decisions/${decisionId}`))
  await study(site)
  await decided(ids[0], 'approve')
  await study(site)
  expect(await unread(site)).toBe(2)
})

it('does not count the verdict on a comment that a person brought back, which waits for one', async () => {
  const site = await addSchool()
  await taught(site)
  const [id] = (await stored(site, [spamText(910)])) as [string]
  await decided(id, 'spam')
  await decided(id, 'restore')
  const before = await unread(site)
  await deliver([{ v: 1, site, id, revision: 1 }])
  expect(await screened(id)).toMatchObject({ status: 'pending', band: 'spam' })
  expect(await unread(site)).toBe(before)
})
