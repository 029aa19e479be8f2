import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { DecisionResults } from '../../../worker/contract/decisions.ts'
import type { HeldByOthers } from '../../../worker/contract/presence.ts'
import { addSite, json, posted, queue } from '../product.ts'
import { type Ask, signedIn } from '../staffed.ts'

let aya: Ask
let ken: Ask

beforeEach(async () => {
  await addSite()
  aya = (await signedIn('Aya', 'moderator', ['blog'])).ask
  ken = (await signedIn('Ken', 'moderator', ['blog'])).ask
})

const decide = (ask: Ask, commentId: string, action: string, more: object = {}) =>
  ask('POST', '/v1/decisions', [{ commentId, revision: 1, action, ...more }])

describe('Two who decide the same comment', () => {
  it('are both right where they agree, whatever they saw', async () => {
    const { comment } = await posted()
    const seen = { status: 'pending' }
    const one = await json<DecisionResults>(decide(aya, comment.id, 'approve', seen))
    expect(await json<DecisionResults>(decide(ken, comment.id, 'approve', seen))).toEqual(one)
  })

  it('are both right where they agree in the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const { comment } = await posted()
      const both = [aya, ken].map((ask) => decide(ask, comment.id, 'spam', { status: 'pending' }))
      const [one, other] = await Promise.all(both.map((answer) => json<DecisionResults>(answer)))
      expect(one).toEqual(other)
    }
  })

  it('where both undo it, the second is told what it is since', async () => {
    let time = Date.now()
    // Who undoes in the same millisecond is taken for the same.
    vi.spyOn(Date, 'now').mockImplementation(() => ++time)
    for (let round = 0; round < 5; round++) {
      const { comment } = await posted()
      const { results } = await json<DecisionResults>(decide(aya, comment.id, 'approve'))
      const path = `/v1/decisions/${(results[0] as { decisionId: string }).decisionId}`
      const answers = await Promise.all([aya, ken].map((ask) => ask('DELETE', path)))
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
      const refused = answers.find(({ status }) => status === 409) as Response
      expect(await refused.json()).toMatchObject({ present: { status: 'pending' } })
    }
    vi.restoreAllMocks()
  })

  it('where they differ, the second is told, also long after and without a status', async () => {
    const { comment } = await posted()
    await json(decide(aya, comment.id, 'reject'))
    vi.setSystemTime(Date.now() + 60_000)
    const told = await json<DecisionResults>(decide(ken, comment.id, 'approve'), 409)
    vi.useRealTimers()
    expect(told.results[0]).toMatchObject({ present: { status: 'rejected', decision: { by: 'Aya' } } })
    await json(decide(ken, comment.id, 'approve', { status: 'rejected' }))
    await json(decide(ken, comment.id, 'spam'))
  })
})

describe('What another has in hand', () => {
  const told = async (ask: Ask, inHand: object | null = null) =>
    (await json<HeldByOthers>(ask('PUT', '/v1/presence', { inHand }))).items

  it('is told of no comment that is of another site than is said', async () => {
    await addSite({ id: 'news', name: 'News', origins: ['https://news.example'] })
    const { comment } = await posted(
      { url: 'https://news.example/post' },
      { origin: 'https://news.example' },
      'news',
    )
    const { ask: uma } = await signedIn('Uma', 'moderator', ['news'])
    expect(await told(aya, { commentId: comment.id, siteId: 'blog' })).toEqual([])
    expect(await told(uma)).toEqual([])
    expect(await told(ken)).toEqual([])
  })

  it('is told for a moment after it was left, since it may be decided', async () => {
    const made = [await posted(), await posted()]
    const at = (which: number) => ({ commentId: made[which]?.comment.id, siteId: 'blog' })
    const left = async (ask: Ask) =>
      (await json<HeldByOthers>(ask('PUT', '/v1/presence', { inHand: null }))).left
    await told(aya, at(0))
    await told(aya, at(0))
    expect(await left(ken)).toEqual([])
    await told(aya, at(1))
    expect(await left(ken)).toEqual([made[0]?.comment.id])
    await told(aya)
    expect(await left(ken)).toEqual(made.map(({ comment }) => comment.id))
    await addSite({ id: 'news', name: 'News', origins: ['https://news.example'] })
    expect(await left((await signedIn('Uma', 'moderator', ['news'])).ask)).toEqual([])
    vi.setSystemTime(Date.now() + 10_000)
    expect(await left(ken)).toEqual([])
    vi.useRealTimers()
  })

  it('is told to those whose site it is, until it is put down or half a minute is over', async () => {
    const { comment } = await posted()
    const inHand = { commentId: comment.id, siteId: 'blog' }
    expect(await told(aya, inHand)).toEqual([])
    expect(await told(ken)).toEqual([{ commentId: comment.id, name: 'Aya' }])
    await addSite({ id: 'news', name: 'News', origins: ['https://news.example'] })
    const { ask: stranger } = await signedIn('Uma', 'moderator', ['news'])
    expect(await told(stranger)).toEqual([])
    await json(stranger('PUT', '/v1/presence', { inHand }), 404)
    await told(aya)
    expect(await told(ken)).toEqual([])
    await told(aya, inHand)
    vi.setSystemTime(Date.now() + 30_000)
    expect(await told(ken)).toEqual([])
    vi.useRealTimers()
    expect((await queue()).items).toHaveLength(1)
  })
})
