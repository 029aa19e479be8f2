import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import type { Action } from '../../../worker/contract/decisions.ts'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { AnsweredLook, SecondLooks } from '../../../worker/contract/secondLooks.ts'
import { fineText, spamText } from '../corpus.ts'
import { asOperator, decide, decided, json } from '../product.ts'
import { addSchool, learnt, lessons, listed, log, stats, stored, study, taught } from '../school.ts'

vi.setConfig({ testTimeout: 30_000 })

const looks = (site: string) => json<SecondLooks>(asOperator('GET', `/v1/second-looks?site=${site}`))
const ids = async (site: string) => (await looks(site)).items.map(({ id }) => id)
const answer = (id: string, action: Action, more: object = {}) =>
  asOperator('POST', `/v1/second-looks/${id}`, { revision: 1, action, ...more })
const answered = (id: string, action: Action) => json<AnsweredLook>(answer(id, action))

/** Comments that are spam by all that a site decided, approved in one go with some that are fine. */
async function contradicting(site: string, count = 1): Promise<string[]> {
  await taught(site, lessons({ mixed: 0 }))
  const spam = Array.from({ length: count }, (_, at) => spamText(60 + at))
  const fine = Array.from({ length: 11 }, (_, at) => fineText(60 + at))
  const all = await stored(site, [...spam, ...fine])
  const approvals = all.map((commentId) => ({ commentId, revision: 1, action: 'approve' }))
  await json(asOperator('POST', '/v1/decisions', approvals))
  await study(site)
  return all.slice(0, count)
}

/** What the learner keeps of a comment. */
async function lesson(id: string) {
  const { results } = await env.DB.prepare(
    `SELECT l.value FROM comments c, lesson_packs p, json_each(p.lessons) l
     WHERE c.id = ? AND p.site_id = c.site_id AND l.value ->> 'seq' = c.seq`,
  )
    .bind(id)
    .all<{ value: string }>()
  return JSON.parse(results.at(-1)?.value ?? 'null')
}

describe('A decision that contradicts the others', () => {
  it('is asked about again without a word of it, and counts once a person decides the same', async () => {
    const site = await addSchool()
    const [id = ''] = await contradicting(site)
    const { items, next, answered: before } = await looks(site)
    expect({ ids: items.map((item) => item.id), next, before }).toEqual({
      ...{ ids: [id], next: null, before: { count: 0, changed: 0 } },
    })
    const known = await listed(id)
    const { body, content, author, thread, parent, createdAt, editedAt } = known
    expect(items[0]).toEqual({
      ...{ id, revision: 1, body, content, author, thread, site: known.site, parent, createdAt, editedAt },
    })
    expect(await lesson(id)).toMatchObject({ swept: true })

    const same = { commentId: id, status: 'approved', changed: false, decisionId: null }
    expect(await answered(id, 'approve')).toEqual(same)
    expect(await looks(site)).toMatchObject({ items: [], answered: { count: 1, changed: 0 } })
    expect((await log(`comment=${id}`))[0]).toMatchObject({ act: 'comment.confirm', undo: null })
    expect((await listed(id)).decision).toEqual(known.decision)
    await learnt(site)
    expect(await lesson(id)).not.toHaveProperty('swept')
    expect(await ids(site)).toEqual([])
    expect((await answer(id, 'spam')).status).toBe(409)
  })

  it('is another decision once a person decides otherwise, which teaches and is undone as any', async () => {
    const site = await addSchool()
    const [id = ''] = await contradicting(site)
    const former = (await listed(id)).decision
    const { decisionId, ...other } = await answered(id, 'spam')
    expect(other).toEqual({ commentId: id, status: 'spam', changed: true })
    expect(await looks(site)).toMatchObject({ items: [], answered: { count: 1, changed: 1 } })
    expect(await listed(id)).toMatchObject({ status: 'spam', decision: { id: decisionId, action: 'spam' } })
    await learnt(site)
    expect(await lesson(id)).toMatchObject({ label: 'spam' })

    await json(asOperator('DELETE', `/v1/decisions/${decisionId}`))
    expect(await listed(id)).toMatchObject({ status: 'approved', decision: former })
    await learnt(site)
    // Nobody confirmed it.
    expect(await lesson(id)).toMatchObject({ label: 'fine', swept: true })
  })

  it('is asked about no more once it is decided anew or edited, or its comment is gone', async () => {
    const site = await addSchool()
    const all = await contradicting(site, 6)
    const first = await ids(site)
    expect(first).toHaveLength(3)
    const [anew = '', edited = '', gone = ''] = first
    const more = all.filter((id) => !first.includes(id))
    expect((await answer(anew, 'approve', { revision: 2 })).status).toBe(409)
    await decided(anew, 'spam')
    await json(asOperator('PATCH', `/v1/comments/${edited}`, { revision: 1, body: 'Another text.' }))
    await decide(gone, 'delete')
    expect(await ids(site)).toEqual([])
    for (const [id, status] of [
      [anew, 'spam'],
      [gone, 'deleted'],
    ] as const) {
      const refusal = await answer(id, 'approve')
      expect(refusal.status).toBe(409)
      expect(await refusal.json<ErrorBody>()).toMatchObject({ present: { status } })
    }
    expect((await answer(more[0] as string, 'approve')).status).toBe(404)
    await study(site)
    // Those that had to wait come now.
    expect((await ids(site)).toSorted()).toEqual(more.toSorted())
    expect((await stats(site)).automation.upToDate).toBe(true)
  })
})
