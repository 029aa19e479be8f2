import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import type { Action } from '../../../worker/contract/decisions.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import type { Env } from '../../../worker/env.ts'
import { chanceOf } from '../../../worker/jobs/chance.ts'
import { fineText, mixedText, spamText } from '../corpus.ts'
import { eventually } from '../jobs.ts'
import { asOperator, call, json, own, posted, queue, screened, thread } from '../product.ts'
import {
  addSchool,
  asked,
  change,
  decideAll,
  examined,
  finding,
  learnt,
  listed,
  log,
  stats,
  taught,
} from '../school.ts'

vi.setConfig({ testTimeout: 30_000 })

const everything = { settings: { auditShare: 1 } }
const inWords = ({ verdict, band }: QueueItem) => `${band}: ${verdict}`
const audits = async (site: string) => (await stats(site)).automation.audit
const acts = async () => (await log()).map(({ act }) => act).filter((act) => act.startsWith('learner.'))

describe('An automatic verdict that is picked for the audit', () => {
  it('is left to a person, who is told neither it nor anything it shows in', async () => {
    const site = await addSchool(everything)
    await taught(site)
    const token = 'a'.repeat(43)
    const bodies = [spamText(60), fineText(60), spamText(61), fineText(61)]
    const ids: string[] = []
    for (const body of bodies) ids.push((await posted({ body }, { token }, site)).comment.id)
    const items = await Promise.all(ids.map(screened))
    const audit = { code: 'audit', weight: 0, params: { steppedBack: false } }
    for (const item of items)
      expect(item).toMatchObject({
        verdict: 'hold',
        status: 'pending',
        band: null,
        findings: [audit],
        decision: null,
      })
    const told = ({ id, body, content, createdAt, history, ...same }: QueueItem) => same
    expect(items.map(told)).toEqual(Array(4).fill(told(items[0] as QueueItem)))
    for (const sort of ['fine', 'hardest', 'waiting']) {
      const listed = (await queue(`site=${site}&sort=${sort}`)).items.map(({ id }) => id)
      expect(listed, sort).toEqual(ids)
    }
    for (const id of ids) expect(await log(`comment=${id}`)).toEqual([])
    expect((await stats(site)).automation.audit).toMatchObject({
      approve: { checked: 0 },
      spam: { checked: 0 },
    })

    expect((await thread('key=/post', site)).items).toEqual([])
    const toAuthor = await Promise.all(ids.map((id) => own(id, token, site)))
    for (const { own: state } of toAuthor) expect(state).toMatchObject({ status: 'pending' })
    expect(JSON.stringify(toAuthor)).not.toMatch(/audit|band|score|verdict|finding/)

    const given = await decideAll([
      { id: ids[0] as string, action: 'spam' },
      { id: ids[1] as string, action: 'approve' },
    ])
    await learnt(site)
    const [spam, fine] = await Promise.all(ids.slice(0, 2).map(listed))
    expect(spam).toMatchObject({ status: 'spam', band: 'spam' })
    expect(finding(spam, 'learner')?.params.terms).not.toEqual([])
    expect(fine).toMatchObject({ status: 'approved', band: 'fine' })
    expect(await audits(site)).toEqual({
      approve: { checked: 1, wrong: 0, error: 0 },
      spam: { checked: 1, wrong: 0, error: 0 },
    })
    await json(asOperator('DELETE', `/v1/decisions/${given[0]}`))
    await learnt(site)
    expect(await audits(site)).toMatchObject({ spam: { checked: 0, wrong: 0, error: null } })
    expect(await listed(ids[0] as string)).toMatchObject({ status: 'pending', band: null, findings: [audit] })
  })

  it('stays hidden while the model changes, and is none where people decide anyway', async () => {
    const site = await addSchool(everything)
    const given = await taught(site)
    const [hidden, unsure] = (await asked(site, [fineText(60), mixedText(60)])) as [QueueItem, QueueItem]
    expect(finding(hidden, 'audit')).toBeDefined()
    expect(finding(unsure, 'audit')).toBeUndefined()
    expect(inWords(unsure)).toBe('unsure: hold')
    await decideAll(given.slice(0, 40).map(({ id }) => ({ id, action: 'delete' })))
    await learnt(site)
    await eventually(async () =>
      expect(finding(await listed(unsure.id), 'learner')).not.toEqual(finding(unsure, 'learner')),
    )
    expect(await listed(hidden.id)).toEqual(hidden)
    await change(site, { policy: 'premoderate' })
    const [held] = (await asked(site, [fineText(62)])) as [QueueItem]
    expect(finding(held, 'audit')).toBeUndefined()
  })

  it('stays picked when its author edits it, and stays counted when they withdraw what was refused', async () => {
    const site = await addSchool({ settings: { auditShare: 0.5 } })
    await taught(site)
    const token = 'e'.repeat(43)
    const posting = Array.from({ length: 12 }, (_, at) =>
      posted({ body: fineText(60 + at) }, { token }, site),
    )
    const items = await Promise.all((await Promise.all(posting)).map(({ comment }) => screened(comment.id)))
    const audited = items.filter((item) => finding(item, 'audit'))
    expect(audited.length).toBeGreaterThan(0)
    const [one] = audited as [QueueItem]
    const path = `/v1/sites/${site}/comments/${one.id}`
    await json(call('PATCH', path, { token, body: { body: `${one.body} `, revision: 1 } }))
    await eventually(async () => expect((await listed(one.id)).findings).toHaveLength(1))
    expect(finding(await listed(one.id), 'audit')).toBeDefined()

    await decideAll([{ id: one.id, action: 'reject', revision: 2 } as never])
    await learnt(site)
    expect((await audits(site)).approve).toMatchObject({ checked: 1, wrong: 1 })
    expect((await call('DELETE', path, { token })).status).toBe(204)
    const [other] = audited.slice(1)
    if (other) await decideAll([{ id: other.id, action: 'approve' }])
    await learnt(site)
    expect((await audits(site)).approve.wrong).toBe(1)
  })

  it('is one in thirty-three unless a site chooses otherwise, the same one whenever it is asked', async () => {
    const share = async (share: number, of = 2000) => {
      const ids = Array.from({ length: of }, (_, at) => ({ id: `comment-${at}`, revision: 1 }))
      const chances = await Promise.all(ids.map((job) => chanceOf(env as unknown as Env, job)))
      return chances.flatMap((chance, at) => (chance < share ? [at] : []))
    }
    const some = await share(0.03)
    expect(some.length).toBeGreaterThan(35)
    expect(some.length).toBeLessThan(90)
    expect(await share(0.03)).toEqual(some)
    expect(await share(0)).toEqual([])
    expect(await share(1, 50)).toHaveLength(50)
    const { settings } = await json<{ settings: { auditShare: number } }>(
      asOperator('POST', '/v1/sites', { id: 'new', name: 'New', origins: ['https://new.example'] }),
      201,
    )
    expect(settings.auditShare).toBe(0.03)
  })
})

describe('Automation', () => {
  it('steps back by itself when people contradict it, says so, and goes on when they agree again', async () => {
    const site = await addSchool({ settings: { ...everything.settings, errorRate: 0.05 } })
    await taught(site)
    const first = await asked(site, [fineText(61), fineText(62), fineText(63), spamText(61)])
    expect(first.every((item) => finding(item, 'audit'))).toBe(true)
    const answer = async (at: number, action: Action) => {
      await decideAll([{ id: first[at]?.id as string, action }])
      await learnt(site)
    }
    await answer(0, 'approve')
    await answer(3, 'spam')
    await answer(1, 'reject')
    // Once may be chance.
    expect((await stats(site)).automation.state).toBe('on')
    await answer(2, 'reject')
    expect(await audits(site)).toEqual({
      approve: { checked: 3, wrong: 2, error: 2 / 3 },
      spam: { checked: 1, wrong: 0, error: 0 },
    })
    expect((await stats(site)).automation.state).toBe('stepped_back')
    expect((await log()).find(({ act }) => act === 'learner.step_back')).toMatchObject({
      actor: { kind: 'screening' },
      siteId: site,
      details: { kind: 'approve', errorRate: 0.05, checked: 3, wrong: 2 },
    })

    await change(site, { settings: { auditShare: 0 } })
    const [held, spam] = (await asked(site, [fineText(64), spamText(63)])) as [QueueItem, QueueItem]
    expect(held).toMatchObject({ status: 'pending', verdict: 'hold', band: null })
    expect(held.findings).toEqual([{ code: 'audit', weight: 0, params: { steppedBack: true } }])
    expect(inWords(spam)).toBe('spam: spam')

    const agree = async (from: number, count: number) => {
      const texts = Array.from({ length: count }, (_, at) => fineText(from + at))
      const audited = (await examined(site, texts)).filter((item) => finding(item, 'audit'))
      await decideAll(audited.map(({ id }) => ({ id, action: 'approve' })))
      await learnt(site)
      return audited.length
    }
    await decideAll([{ id: held.id, action: 'approve' }])
    const agreed = await agree(65, 6)
    expect((await audits(site)).approve).toMatchObject({ checked: 4 + agreed, wrong: 2 })
    expect(await acts()).toEqual(['learner.step_back'])
    await agree(71, 20)
    expect(await acts()).toEqual(['learner.resume', 'learner.step_back'])
    expect((await stats(site)).automation.state).toBe('on')
    expect((await asked(site, [fineText(92)])).map(inWords)).toEqual(['fine: approve'])
  })

  it('that calls good comments spam is held back from that alone', async () => {
    const site = await addSchool(everything)
    await taught(site)
    const wrong = await asked(site, [spamText(61), spamText(62)])
    await decideAll(wrong.map(({ id }) => ({ id, action: 'approve' })))
    await learnt(site)
    expect(await audits(site)).toMatchObject({
      approve: { checked: 0 },
      spam: { checked: 2, wrong: 2, error: 1 },
    })
    expect((await stats(site)).automation.state).toBe('stepped_back')
    expect((await log()).find(({ act }) => act === 'learner.step_back')?.details).toMatchObject({
      kind: 'spam',
      checked: 2,
      wrong: 2,
    })
    await change(site, { settings: { auditShare: 0 } })
    const [good, ...pitches] = await asked(site, [fineText(63), spamText(80), spamText(81)])
    expect(inWords(good as QueueItem)).toBe('fine: approve')
    for (const pitch of pitches) expect(pitch).toMatchObject({ status: 'pending', verdict: 'hold' })
  })
})
