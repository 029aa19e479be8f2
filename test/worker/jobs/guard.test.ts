import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { PolicyPreview } from '../../../worker/contract/policyPreview.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { fineText, rudeText } from '../corpus.ts'
import { deliver, eventually, losing } from '../jobs.ts'
import { asOperator, json } from '../product.ts'
import {
  addSchool,
  change,
  decideAll,
  examined,
  finding,
  listed,
  stats,
  stored,
  study,
  taught,
} from '../school.ts'

vi.setConfig({ testTimeout: 30_000 })

/** Refused comments that it takes. */
const enough = 30

/** The comments that are asked about next: none is said twice. */
let next: number

let site: string
/** Those that people refuse, in the order in which they came. */
let ids: string[]

beforeEach(async () => {
  next = 60
  site = await addSchool()
  await taught(site)
  ids = await stored(
    site,
    Array.from({ length: enough }, (_, at) => rudeText(at)),
  )
})

/** Has people refuse comments, and the learner take that in. @returns the decisions */
async function refuse(some: string[], reason: string | undefined): Promise<string[]> {
  const decisions = await decideAll(
    some.map((id) => ({ id, action: 'reject', ...(reason && { reason }) })),
    losing,
  )
  await study(site)
  return decisions
}

/** A newcomer's comment like the refused ones, and one unlike them, as they are screened. */
const screened = async () => {
  const items = await examined(site, [rudeText(next), fineText(next)])
  next++
  return items as [rude: QueueItem, fine: QueueItem]
}

const outcomes = async () => (await screened()).map(({ status }) => status)

const guarded = ['pending', 'approved']
const unguarded = ['approved', 'approved']

describe('What people refused for another reason than advertising', () => {
  it('teaches screening to leave what resembles it to people, from thirty on, and it says why', async () => {
    await refuse(ids.slice(1), 'abuse')
    expect(await outcomes()).toEqual(unguarded)
    expect((await stats(site)).automation.learnt).toMatchObject({ refused: enough - 1 })
    await refuse(ids.slice(0, 1), 'off_topic')
    expect((await stats(site)).automation.learnt).toEqual({ fine: 54, spam: 54, refused: enough })

    const [held, published] = await screened()
    expect([held.status, published.status]).toEqual(guarded)
    expect(held).toMatchObject({ verdict: 'hold', band: 'fine' })
    const found = finding(held, 'resembles_refused')
    expect(found).toMatchObject({ weight: 0 })
    expect(found?.params.terms.length).toBeGreaterThan(0)
    for (const term of found?.params.terms ?? []) expect(held.body.toLowerCase()).toContain(term)
    expect(finding(published, 'resembles_refused')).toBeUndefined()
  })

  it.each([
    ['advertising', 'advertising'],
    ['being said before', 'repeat'],
    ['who wrote it', 'banned'],
    ['no reason that was told', undefined],
  ])('teaches nothing of the kind where it was for %s', async (_, reason) => {
    await refuse(ids.slice(1), 'abuse')
    await refuse(ids.slice(0, 1), reason)
    expect((await stats(site)).automation.learnt.refused).toBe(enough - 1)
    expect(finding((await screened())[0], 'resembles_refused')).toBeUndefined()
  })

  it('teaches for a reason of one’s own, too, and is forgotten once it is taken back or changed', async () => {
    const decisions = await refuse(ids, 'Not in this house.')
    expect(await outcomes()).toEqual(guarded)
    await json(asOperator('DELETE', `/v1/decisions/${decisions[0]}`))
    await study(site)
    expect(await outcomes()).toEqual(unguarded)

    await refuse(ids.slice(0, 1), 'abuse')
    expect(await outcomes()).toEqual(guarded)
    await decideAll([{ id: ids[1] as string, action: 'delete' }], losing)
    await study(site)
    expect(await outcomes()).toEqual(unguarded)
  })

  it('holds it also where the site publishes first, before anybody taught what spam is', async () => {
    site = await addSchool({ policy: 'postmoderate' })
    const some = Array.from({ length: 40 }, (_, at) => at)
    const fine = await stored(site, some.map(fineText))
    const rude = await stored(site, some.map(rudeText))
    await decideAll(
      fine.map((id) => ({ id, action: 'approve' })),
      losing,
    )
    await refuse(rude, 'abuse')
    expect((await stats(site)).automation).toMatchObject({ state: 'learning', learnt: { fine: 40, spam: 0 } })
    const [held, published] = await screened()
    expect([held.status, published.status]).toEqual(guarded)
    expect(finding(held, 'resembles_refused')).toBeDefined()
  })

  it('is forgotten with a person who is erased', async () => {
    await refuse(ids, 'abuse')
    expect(await outcomes()).toEqual(guarded)
    const { author } = await listed(ids[3] as string)
    await json(asOperator('DELETE', `/v1/authors/${author.id}`), 202)
    await eventually(async () =>
      expect(
        await env.DB.prepare('SELECT 1 FROM comments WHERE id = ? AND erased = 1').bind(ids[3]).first(),
      ).not.toBeNull(),
    )
    await study(site)
    expect(await outcomes()).toEqual(unguarded)
    const { results } = await env.DB.prepare('SELECT lessons FROM lesson_packs WHERE site_id = ?')
      .bind(site)
      .all<{ lessons: string }>()
    const refused = results
      .flatMap(({ lessons }) => JSON.parse(lessons))
      .filter(({ label }) => label === 'refused')
    expect(refused).toHaveLength(enough - 1)
  })

  it('says nothing of another site', async () => {
    const other = await addSchool()
    const elsewhere = await stored(
      other,
      Array.from({ length: enough }, (_, at) => rudeText(at)),
    )
    await decideAll(
      elsewhere.map((id) => ({ id, action: 'reject', reason: 'abuse' })),
      losing,
    )
    await study(other)
    await refuse(ids.slice(1), 'abuse')
    expect(await outcomes()).toEqual(unguarded)
  })

  it('holds nobody whom the site trusts, and nothing that waits or is spam anyway', async () => {
    await refuse(ids, 'abuse')
    const [id] = (await stored(site, [rudeText(90)])) as [string]
    const { author } = await listed(id)
    await asOperator('PUT', `/v1/authors/${author.id}/trust`, { pinned: 'trusted' })
    await deliver([{ v: 1, id, revision: 1 }])
    expect(await listed(id)).toMatchObject({ status: 'approved', verdict: 'approve' })
    await change(site, { policy: 'premoderate' })
    const [waiting] = await screened()
    expect(finding(waiting, 'resembles_refused')).toBeUndefined()
  })

  it('is in the preview of other settings', async () => {
    await refuse(ids, 'abuse')
    const [item] = await screened()
    await decideAll([{ id: item.id, action: 'approve' }], losing)
    const preview = () =>
      json<PolicyPreview>(asOperator('POST', `/v1/sites/${site}/policy-preview`, { limit: 1 }))
    expect((await preview()).present).toMatchObject({ published: 0, held: 1 })
  })
})
