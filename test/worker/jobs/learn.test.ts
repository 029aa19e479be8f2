import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import type { Finding } from '../../../worker/contract/findings.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { fineText, mixedText, spamText } from '../corpus.ts'
import { deliver, eventually, losing, sweepAt, withBatch } from '../jobs.ts'
import { asOperator, call, decided, json, pageOrigin, posted, queue, screened, thread } from '../product.ts'
import {
  addSchool,
  asked,
  change,
  decideAll,
  examined,
  finding,
  type Given,
  kept,
  learnt,
  lessons,
  listed,
  log,
  stats,
  stored,
  study,
  taught,
} from '../school.ts'

vi.setConfig({ testTimeout: 30_000 })

const [fine, spam, unsure, unlearnt] = [
  fineText(60),
  spamText(60),
  mixedText(60),
  'とても面白い記事でした。次の回も楽しみにしています。',
]
const undo = (id: string) => json(asOperator('DELETE', `/v1/decisions/${id}`))
const inWords = ({ verdict, band }: QueueItem) => `${band}: ${verdict}`
const rows = async (table: string, site: string) =>
  env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE site_id = ?`).bind(site).first<number>('n')

describe('Before it has learnt enough', () => {
  it('screening decides nothing by itself, and says what is likely', async () => {
    const site = await addSchool()
    expect((await stats(site)).automation).toMatchObject({
      state: 'learning',
      needs: { decisions: 100, fine: 15, spam: 15 },
      upToDate: true,
    })
    await taught(site, lessons({ fine: 47, spam: 46, mixed: 6 }))
    expect((await stats(site)).automation).toMatchObject({
      state: 'learning',
      needs: { decisions: 1, fine: 0, spam: 0 },
    })
    const held = await asked(site, [fine, spam, unlearnt])
    expect(held.map(inWords)).toEqual(['fine: hold', 'spam: hold', 'unlearnt: hold'])

    await decided(held[0]?.id as string, 'approve')
    expect((await learnt(site)).automation.state).toBe('on')
    expect((await asked(site, [fineText(67), spamText(67)])).map(inWords)).toEqual([
      'fine: approve',
      'spam: spam',
    ])
  })

  it('of one class, it decides nothing, however much it knows of the other', async () => {
    const site = await addSchool()
    await taught(site, lessons({ fine: 90, spam: 14, mixed: 0 }))
    expect((await stats(site)).automation).toMatchObject({
      state: 'learning',
      learnt: { fine: 90, spam: 14 },
      needs: { decisions: 0, fine: 0, spam: 1 },
    })
    expect((await asked(site, [fineText(95), spam])).map(({ verdict }) => verdict)).toEqual(['hold', 'hold'])
  })
})

describe('Once it has learnt', () => {
  it('it publishes what is likely fine, calls spam what is likely spam, leaves the rest to people, and says why', async () => {
    const site = await addSchool()
    await taught(site)
    const items = await asked(site, [fine, spam, unsure, unlearnt])
    expect(items.map(inWords)).toEqual(['fine: approve', 'spam: spam', 'unsure: hold', 'unlearnt: hold'])
    expect(items.map(({ status }) => status)).toEqual(['approved', 'spam', 'pending', 'pending'])
    expect((await thread('key=/post', site)).items.map(({ id }) => id)).toEqual([items[0]?.id])

    for (const [at, verdict] of [
      [0, 'approve'],
      [1, 'spam'],
    ] as const) {
      const { id, body, findings } = items[at] as QueueItem
      const [entry] = await log(`comment=${id}`)
      expect(entry).toMatchObject({
        act: `comment.${verdict}`,
        actor: { kind: 'screening' },
        siteId: site,
        details: { verdict, findings },
      })
      const terms = finding({ findings }, 'learner')?.params.terms ?? []
      expect(terms.length).toBeGreaterThan(0)
      for (const term of terms) expect(body.toLowerCase()).toContain(term)
    }
    for (const { id } of items.slice(2)) expect(await log(`comment=${id}`)).toEqual([])
  })

  it('it decides nothing where every comment waits for a person, but sorts', async () => {
    const site = await addSchool({ policy: 'premoderate' })
    await taught(site)
    expect((await stats(site)).automation.state).toBe('premoderate')
    const items = await asked(site, [spam, unsure, fine])
    expect(items.map(inWords)).toEqual(['spam: hold', 'unsure: hold', 'fine: hold'])
    expect(finding(items[0], 'learner')).toMatchObject({
      weight: 0,
      params: { approves: false, condemns: false },
    })
    expect(finding(items[2], 'learner')).toMatchObject({ params: { band: 'fine', sure: true } })
    const sorted = async (sort: string) =>
      (await queue(`site=${site}&tab=held&sort=${sort}`)).items.map(({ body }) => body)
    expect(await sorted('fine')).toEqual([fine, unsure, spam])
    expect((await sorted('hardest'))[0]).toBe(unsure)
  })

  it('it condemns nothing for words that approved comments of the same page have', async () => {
    const site = await addSchool()
    await taught(site)
    const page = { key: '/scam', url: `${pageOrigin}/scam`, title: 'A scam' }
    const ids: string[] = []
    for (let week = 0; week < 10; week++) {
      const body = `They wrote to me in week ${week}, too: ${spam}`
      ids.push((await posted({ ...page, body }, {}, site)).comment.id)
    }
    const approve = (id: string): Given => ({ id, action: 'approve' })
    await decideAll(ids.slice(0, 9).map(approve), losing)
    expect((await asked(site, [spam], page)).map(inWords)).toEqual(['spam: spam'])
    await decideAll(ids.slice(9).map(approve), losing)
    expect((await asked(site, [spam], page)).map(inWords)).toEqual(['unsure: hold'])
    expect((await asked(site, [spam])).map(inWords)).toEqual(['spam: spam'])
  })

  it('it does only what its site lets it', async () => {
    const site = await addSchool()
    await taught(site)
    let at = 60
    const both = async () => {
      at++
      return (await asked(site, [fineText(at), spamText(at)])).map(inWords)
    }
    const automation = (automaticApproval: boolean, automaticSpam: boolean) =>
      change(site, { settings: { automaticApproval, automaticSpam } })
    await automation(false, true)
    expect(await both()).toEqual(['fine: hold', 'spam: spam'])
    await automation(true, false)
    expect(await both()).toEqual(['fine: approve', 'spam: hold'])
    await automation(false, false)
    expect(await both()).toEqual(['fine: hold', 'spam: hold'])
    expect((await stats(site)).automation.state).toBe('off')
    await change(site, { policy: 'postmoderate' })
    await automation(true, true)
    expect(await both()).toEqual(['fine: approve', 'spam: spam'])
    expect((await asked(site, [unsure])).map(inWords)).toEqual(['unsure: hold'])
  })

  it('it vouches for nobody whom the site’s conditions, a rule or a failed service hold', async () => {
    const site = await addSchool()
    await taught(site)
    const hour = new Date().getUTCHours()
    const [before, after] = [(hour + 23) % 24, (hour + 2) % 24]
    const off = {
      holdFirst: 0,
      holdDays: 0,
      holdLinks: false,
      holdNewDomains: false,
      holdNight: null,
      maxLinks: 2,
    }
    const url = 'https://mika.example'
    const cases: [Record<string, unknown>, string | undefined, Finding['code'], unknown][] = [
      [{ holdFirst: 1 }, undefined, 'condition', { conditions: ['holdFirst'] }],
      [{ holdDays: 1 }, undefined, 'condition', { conditions: ['holdDays'] }],
      [
        { holdNight: { from: before, to: after, timeZone: 'UTC' } },
        undefined,
        'condition',
        { conditions: ['holdNight'] },
      ],
      [{ holdLinks: true }, url, 'condition', { conditions: ['holdLinks'] }],
      [
        { holdNewDomains: true },
        'https://new.example',
        'condition',
        { conditions: ['holdNewDomains', 'newcomerLink'] },
      ],
      [{ maxLinks: 0 }, url, 'links', { count: 1, limit: 0 }],
    ]
    let at = 60
    const next = async (website?: string) =>
      (
        await asked(site, [fineText(++at)], { author: { name: 'Mika', ...(website && { url: website }) } })
      )[0] as QueueItem
    const stranger = await next(url)
    expect(inWords(stranger)).toBe('fine: hold')
    expect(finding(stranger, 'condition')?.params).toEqual({ conditions: ['newcomerLink'] })
    await decideAll([{ id: stranger.id, action: 'approve' }])
    for (const [settings, website, code, params] of cases) {
      await change(site, { settings: { ...off, ...settings } })
      const held = await next(website)
      expect([settings, inWords(held)]).toEqual([settings, 'fine: hold'])
      expect(finding(held, code)?.params).toMatchObject(params as object)
    }
    await change(site, { settings: off })
    const { thread: place, ...published } = await next(url)
    expect(inWords({ thread: place, ...published })).toBe('fine: approve')

    expect((await asOperator('POST', `/v1/threads/${place.id}/check`)).status).toBe(204)
    const checked = await next()
    expect(inWords(checked)).toBe('fine: hold')
    expect(checked.thread.checked).toBe(true)
    expect(finding(checked, 'condition')?.params).toEqual({ conditions: ['thread'] })
    expect((await asOperator('DELETE', `/v1/threads/${place.id}/check`)).status).toBe(204)
    expect(inWords(await next())).toBe('fine: approve')

    await change(site, { settings: { holdNewDomains: true } })
    expect(inWords(await next('https://www.mika.example/about'))).toBe('fine: approve')

    await json(asOperator('PUT', `/v1/sites/${site}/screeners/webhook`, { url: 'http://127.0.0.1:9/' }))
    const unanswered = await next()
    expect(inWords(unanswered)).toBe('fine: hold')
    expect(finding(unanswered, 'screening_unavailable')).toBeDefined()
  })

  it('whom people trust needs no vouching, and is called a spammer by people only', async () => {
    const site = await addSchool()
    await taught(site)
    const token = 'r'.repeat(43)
    const say = async (body: string) => screened((await posted({ body }, { token }, site)).comment.id)
    for (const at of [61, 62, 63])
      await decided((await say(fineText(at))).id, 'approve', { status: 'approved' })
    expect(await say(unsure)).toMatchObject({ trust: 'trusted', band: 'unsure', verdict: 'approve' })
    expect(await say(spam)).toMatchObject({ trust: 'trusted', band: 'spam', verdict: 'hold' })
  })

  it('whom it has published itself stays a newcomer', async () => {
    const site = await addSchool()
    await taught(site)
    const token = 's'.repeat(43)
    const say = async (body: string) => screened((await posted({ body }, { token }, site)).comment.id)
    for (const at of [61, 62, 63, 64])
      expect(await say(fineText(at))).toMatchObject({ trust: 'newcomer', verdict: 'approve' })
    expect(await say('Das ist in einer Sprache, die hier niemand gelernt hat, und wartet.')).toMatchObject({
      trust: 'newcomer',
      band: 'unlearnt',
      verdict: 'hold',
    })
    expect(await say(spam)).toMatchObject({ trust: 'newcomer', verdict: 'spam' })
  })

  it('trust goes with the approval that is undone', async () => {
    const site = await addSchool()
    await taught(site)
    const token = 'u'.repeat(43)
    const say = async (body: string) => screened((await posted({ body }, { token }, site)).comment.id)
    const given: string[] = []
    for (const at of [61, 62, 63])
      given.push((await decided((await say(fineText(at))).id, 'approve', { status: 'approved' })).decisionId)
    expect((await say(fineText(64))).trust).toBe('trusted')
    for (const decision of given) await undo(decision)
    expect((await say(fineText(65))).trust).toBe('newcomer')
  })

  it('a person’s decision taken during screening stands', async () => {
    const site = await addSchool()
    await taught(site)
    const [id] = (await stored(site, [fine])) as [string]
    let interrupted = false
    const interrupting = withBatch(async (statements) => {
      if (!interrupted) await decided(id, 'reject', { reason: 'abuse' })
      interrupted = true
      return env.DB.batch(statements)
    })
    await deliver([{ v: 1, id, revision: 1 }], { environment: interrupting })
    expect(interrupted).toBe(true)
    expect(await listed(id)).toMatchObject({
      status: 'rejected',
      verdict: null,
      decision: { byKind: 'operator', reason: 'abuse' },
    })
    expect((await log(`comment=${id}`)).map(({ act }) => act)).toEqual(['comment.reject'])
  })
})

describe('What it has learnt', () => {
  it('follows twenty decisions, and is as it was when they are undone', async () => {
    const site = await addSchool()
    const given = await taught(site)
    const before = await kept(site)
    const [first] = await asked(site, [fine])
    const more = await examined(site, [
      ...Array.from({ length: 8 }, (_, at) => fineText(70 + at)),
      ...Array.from({ length: 7 }, (_, at) => spamText(70 + at)),
    ])
    expect(await kept(site)).toEqual(before)
    const overturned = given
      .slice(0, 5)
      .map(({ id, action }): Given => ({ id, action: action === 'spam' ? 'approve' : 'spam' }))
    const decisions = await decideAll([
      ...more.map(({ id }, at): Given => ({ id, action: at < 8 ? 'spam' : 'approve' })),
      ...overturned,
    ])
    const { automation } = await learnt(site)
    expect(automation.learnt).not.toMatchObject({ fine: 54, spam: 54 })
    expect(await kept(site)).not.toEqual(before)
    const [changed] = await asked(site, [fine])

    for (const decision of decisions.toReversed()) await undo(decision)
    expect((await learnt(site)).automation.learnt).toMatchObject({ fine: 54, spam: 54 })
    expect(await kept(site)).toEqual(before)
    const [again] = await asked(site, [fine])
    const scoreOf = (item?: QueueItem) => finding(item, 'learner')?.params.score
    expect(scoreOf(changed)).not.toBe(scoreOf(first))
    expect(scoreOf(again)).toBe(scoreOf(first))
  })

  it('comes from people who approve, call spam or advertising, and from nothing else', async () => {
    const site = await addSchool()
    const ids = await stored(site, [0, 1, 2, 3, 4, 5].map(spamText))
    const decisions = await decideAll([
      { id: ids[0] as string, action: 'spam' },
      { id: ids[1] as string, action: 'reject', reason: 'advertising' },
      { id: ids[2] as string, action: 'reject', reason: 'abuse' },
      { id: ids[3] as string, action: 'reject', reason: 'Not here, please' },
      { id: ids[4] as string, action: 'delete' },
      { id: ids[5] as string, action: 'approve' },
    ])
    const known = async () => (await learnt(site)).automation.learnt
    expect(await known()).toMatchObject({ fine: 1, spam: 2 })
    await decided(ids[5] as string, 'spam')
    expect(await known()).toMatchObject({ fine: 0, spam: 3 })
    await decided(ids[5] as string, 'restore')
    await undo(decisions[1] as string)
    expect(await known()).toMatchObject({ fine: 0, spam: 1 })
  })

  it('is also who writes: by name and website it tells texts apart that are of either kind', async () => {
    const site = await addSchool({ policy: 'premoderate' })
    const [loans, anna] = [
      { name: 'Cheap Loans Online', url: 'https://cheap-loans-24.top/apply-for-a-loan/' },
      { name: 'Anna', url: 'https://anna.hatenablog.com/' },
    ]
    const bodies = Array.from({ length: 40 }, (_, at) => mixedText(Math.floor(at / 2)))
    const ids = await stored(site, bodies, { bylines: [loans, anna] })
    await decideAll(
      ids.map((id, at) => ({ id, action: at % 2 === 0 ? 'spam' : 'approve' })),
      losing,
    )
    const author = (byline: typeof loans) => ({ author: { ...byline, email: null } })
    const scoreOf = (item?: QueueItem) => Number(finding(item, 'learner')?.params.score)
    const held = [
      ...(await asked(site, [mixedText(60)], author(loans))),
      ...(await asked(site, [mixedText(60)], author(anna))),
    ]
    await learnt(site)
    const ofHeld = async () => Promise.all(held.map(async ({ id }) => scoreOf(await listed(id))))
    // What waited is scored anew as what comes is scored.
    const [one = 0, other = 0] = await eventually(async () => {
      const scores = await ofHeld()
      expect(scores.every(Number.isFinite)).toBe(true)
      return scores
    })
    expect(one - other).toBeGreaterThan(1)
    const [again] = await asked(site, [mixedText(60)], author(loans))
    expect(scoreOf(again)).toBe(one)
    const before = await kept(site)
    const [decision = ''] = await decideAll([{ id: held[0]?.id as string, action: 'spam' }], losing)
    await learnt(site)
    expect(await kept(site)).not.toEqual(before)
    await undo(decision)
    await learnt(site)
    expect(await kept(site)).toEqual(before)
  })

  it('never comes from its own verdicts', async () => {
    const site = await addSchool()
    await taught(site)
    const before = await kept(site)
    const items = await asked(site, [fineText(61), fineText(62), spamText(61), spamText(62)])
    expect(items.map(({ decision }) => decision?.byKind)).toEqual(Array(4).fill('screening'))
    expect([await rows('untaught', site), await rows('lessons', site)]).toEqual([0, 108])
    expect(await kept(site)).toEqual(before)
    await decideAll([{ id: items[0]?.id as string, action: 'spam' }], losing)
    await study(site)
    expect(await rows('lessons', site)).toBe(109)
  })

  it('is forgotten with the comment that its author takes back, and every trace of its text', async () => {
    const site = await addSchool()
    await taught(site, lessons({ fine: 3, spam: 3, mixed: 0 }))
    const before = await kept(site)
    const body = `${fineText(4)} See https://mika.example/notes`
    const made = await posted({ body }, {}, site)
    const { id } = await screened(made.comment.id)
    expect(await rows('linked_hosts', site)).toBe(1)
    await decided(id, 'approve')
    expect((await learnt(site)).automation.learnt.fine).toBe(4)

    const path = `/v1/sites/${site}/comments/${id}`
    expect((await call('DELETE', path, { token: made.token })).status).toBe(204)
    expect((await learnt(site)).automation.learnt.fine).toBe(3)
    expect(await kept(site)).toEqual(before)
    expect([await rows('lessons', site), await rows('linked_hosts', site)]).toEqual([6, 0])
    const row = await env.DB.prepare('SELECT facts, signature, findings, body FROM comments WHERE id = ?')
      .bind(id)
      .first()
    expect(row).toEqual({ facts: null, signature: null, findings: '[]', body: '' })
  })

  it('goes with an edited text until a person has decided the new one', async () => {
    const site = await addSchool()
    const made = await posted({ body: `${fineText(1)} https://old.example` }, {}, site)
    const { id } = await screened(made.comment.id)
    await decided(id, 'approve')
    expect((await learnt(site)).automation.learnt).toMatchObject({ fine: 1, spam: 0 })
    const path = `/v1/sites/${site}/comments/${id}`
    const body = `${spamText(1)} https://new.example`
    await json(call('PATCH', path, { token: made.token, body: { body, revision: 1 } }))
    await eventually(async () => expect((await listed(id)).verdict).toBe('hold'))
    expect((await learnt(site)).automation.learnt).toMatchObject({ fine: 0, spam: 0 })
    const hosts = await env.DB.prepare('SELECT host FROM linked_hosts WHERE site_id = ?').bind(site).all()
    expect(hosts.results).toEqual([{ host: 'new.example' }])
    await decided(id, 'spam', { revision: 2 })
    expect((await learnt(site)).automation.learnt).toMatchObject({ fine: 0, spam: 1 })
  })
})

describe('The learner’s jobs', () => {
  it('are sent again by the sweep when they get lost', async () => {
    const site = await addSchool()
    const ids = await stored(site, [fineText(1), spamText(1)])
    const given = ids.map((id, at): Given => ({ id, action: at === 0 ? 'approve' : 'spam' }))
    await decideAll(given, losing)
    expect((await stats(site)).automation).toMatchObject({ upToDate: false, learnt: { fine: 0, spam: 0 } })
    await sweepAt(Date.now() + 30_000, losing)
    await sweepAt(Date.now() + 120_000)
    expect((await learnt(site)).automation.learnt).toMatchObject({ fine: 1, spam: 1 })
  })

  it('do no harm when they come twice, at once, or make no sense', async () => {
    const one = await addSchool()
    const jobs = Array.from({ length: 4 }, () => ({ v: 1, learn: one }))
    const told = lessons({ fine: 20, spam: 20, mixed: 4 })
    const ids = await stored(
      one,
      told.map(([body]) => body),
    )
    const disturbed = decideAll(told.map(([, action], at) => ({ id: ids[at] as string, action })))
    for (let round = 0; round < 10; round++) await Promise.all([deliver(jobs), deliver(jobs), deliver(jobs)])
    await disturbed
    await learnt(one)
    const model = async () => (await kept(one))?.model
    const made = await model()
    const [decision] = await decideAll([{ id: ids[0] as string, action: 'delete' }])
    await learnt(one)
    expect(await model()).not.toBe(made)
    await undo(decision as string)
    await learnt(one)
    expect(await model()).toBe(made)

    const before = [await kept(one), (await stats(one)).automation]
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    const poison = [
      { v: 1, learn: 'nowhere' },
      { v: 1, learn: 'nowhere', rescoreAfter: 0 },
      { v: 1, learn: one, rescoreAfter: 1e15 },
      { v: 1, learn: 42 },
      { learn: one },
    ]
    const { explicitAcks, retryMessages } = await deliver(poison)
    expect([explicitAcks.length, retryMessages]).toEqual([5, []])
    expect((await deliver(poison, { to: 'hankyo-screening-dead' })).explicitAcks).toHaveLength(5)
    expect([await kept(one), (await stats(one)).automation]).toEqual(before)
    said.mockRestore()
  })

  it('make a model of an earlier release anew, which decides nothing until then', async () => {
    const site = await addSchool()
    await taught(site)
    await env.DB.prepare(
      `UPDATE learners SET model = json_remove(model, '$.form'), lessons_version = lessons_version + 1,
         model_version = lessons_version + 1 WHERE site_id = ?`,
    )
      .bind(site)
      .run()
    expect((await asked(site, [fineText(70)])).map(inWords)).toEqual(['null: hold'])
    await sweepAt(Date.now() + 120_000)
    await learnt(site)
    expect((await asked(site, [fineText(71)])).map(inWords)).toEqual(['fine: approve'])
  })

  it('that are late do not undo what others have learnt since', async () => {
    const site = await addSchool()
    const [id] = (await stored(site, [fine])) as [string]
    await decideAll([{ id, action: 'approve' }], losing)
    let interrupted = false
    const late = withBatch(async (statements) => {
      if (!interrupted) {
        interrupted = true
        await decided(id, 'spam', { status: 'approved' })
        await learnt(site)
      }
      return env.DB.batch(statements)
    }, losing)
    await deliver([{ v: 1, learn: site }], { environment: late })
    expect((await learnt(site)).automation.learnt).toMatchObject({ fine: 0, spam: 1 })
  })
})

describe('A flood by one author', () => {
  it('counts as one decision, and changes nothing for anybody else', async () => {
    const [calm, flooded] = [await addSchool(), await addSchool()]
    await taught(calm)
    await taught(flooded)
    const bodies = Array.from({ length: 200 }, (_, at) => `${fineText(at)} http://flood${at}.example`)
    const ids = await stored(flooded, bodies, { token: 'flooder' })
    await decideAll(
      ids.map((id) => ({ id, action: 'spam' })),
      losing,
    )
    await study(flooded)
    expect((await stats(flooded)).automation.learnt).toMatchObject({ fine: 54, spam: 55 })
    expect(await rows('lessons', flooded)).toBe(308)
    const { decisions } = JSON.parse((await kept(flooded))?.model as string)
    expect(decisions).toBe(108 + 20)
    const probes = [61, 62, 63, 64, 65, 66, 68, 69, 70].flatMap((at) => [fineText(at), spamText(at)])
    const verdicts = async (site: string) => (await examined(site, probes)).map(inWords)
    const usual = await verdicts(calm)
    expect(new Set(usual)).toEqual(new Set(['fine: approve', 'spam: spam']))
    expect(await verdicts(flooded)).toEqual(usual)
  })
})
