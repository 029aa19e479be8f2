import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { Outcomes, PolicyPreview, PolicyProposal } from '../../../worker/contract/policyPreview.ts'
import type { SiteStats } from '../../../worker/contract/stats.ts'
import { fineText, spamText } from '../corpus.ts'
import { losing } from '../jobs.ts'
import { addSite, asOperator, call, decided, host, json, posted } from '../product.ts'
import {
  addSchool,
  asked,
  change,
  decideAll,
  examined,
  finding,
  learnt,
  lessons,
  stats,
  stored,
  study,
  taught,
} from '../school.ts'

vi.setConfig({ testTimeout: 30_000 })

const path = (site: string) => `/v1/sites/${site}/policy-preview`
const preview = (site: string, proposal: PolicyProposal = {}) =>
  json<PolicyPreview>(asOperator('POST', path(site), proposal))

/** A site whose people decided posted comments, of which its learner knows. */
async function practised(
  site: Record<string, unknown> = {},
  decided = lessons({ fine: 30, spam: 22, mixed: 6 }),
) {
  const id = await addSchool(site)
  const items = await examined(
    id,
    decided.map(([body]) => body),
  )
  await decideAll(
    items.map((item, at) => ({ id: item.id, action: decided[at]?.[1] ?? 'approve' })),
    losing,
  )
  await study(id)
  return { site: id, items }
}

const plus = (one: Outcomes, other: Outcomes): Outcomes => ({
  published: one.published + other.published,
  held: one.held + other.held,
  spam: one.spam + other.spam,
  rejected: one.rejected + other.rejected,
})

describe('The figures of a site', () => {
  it('are of its own latest comments: what was held, and how long people took', async () => {
    const site = await addSchool({ policy: 'postmoderate' })
    expect(await stats(site)).toMatchObject({
      siteId: site,
      screened: 0,
      held: 0,
      holdRate: null,
      series: [],
      timeToDecision: null,
      automation: { state: 'learning', expected: null, upToDate: true },
    })
    await addSite()
    await posted()
    const first = await examined(site, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(fineText))
    await change(site, { policy: 'premoderate' })
    const rest = await examined(
      site,
      Array.from({ length: 50 }, (_, at) => fineText(10 + at)),
    )
    expect(first.every(({ verdict }) => verdict === 'approve')).toBe(true)
    expect(rest.every(({ verdict }) => verdict === 'hold')).toBe(true)
    expect(await stats(site)).toMatchObject({
      screened: 60,
      held: 50,
      holdRate: 50 / 60,
      series: [
        { screened: 50, held: 40 },
        { screened: 10, held: 10 },
      ],
      timeToDecision: null,
    })
    const hour = 3600
    for (const [at, { id }] of rest.slice(0, 11).entries()) {
      const waited = at === 10 ? 48 * hour : (at + 1) * hour
      await env.DB.prepare('UPDATE comments SET created_at = created_at - ? WHERE id = ?')
        .bind(waited * 1000, id)
        .run()
    }
    await decideAll([
      ...rest.slice(0, 11).map(({ id }) => ({ id, action: 'approve' as const })),
      ...first.map(({ id }) => ({ id, action: 'spam' as const })),
    ])
    const { timeToDecision } = await stats(site)
    expect(Math.round((timeToDecision?.median ?? 0) / hour)).toBe(6)
    expect(Math.round((timeToDecision?.ninetieth ?? 0) / hour)).toBe(10)
  })

  it('tell what the learner knows, lacks and expects of itself', async () => {
    const site = await addSchool()
    await decideAll((await stored(site, [fineText(0)])).map((id) => ({ id, action: 'approve' })))
    expect((await learnt(site)).automation.needs).toEqual({ decisions: 99, fine: 14, spam: 15 })
    await taught(site, lessons())
    const { automation } = await stats(site)
    expect(automation).toMatchObject({
      state: 'on',
      learnt: { fine: 54, spam: 54 },
      needs: { decisions: 0, fine: 0, spam: 0 },
      errorRate: 0.01,
      upToDate: true,
    })
    const { held, approve, spam } = automation.expected ?? {}
    for (const share of [held, approve, spam]) {
      expect(share).toBeGreaterThanOrEqual(0)
      expect(share).toBeLessThan(0.5)
    }
    await change(site, { settings: { errorRate: 0.1 } })
    const lax = (await stats(site)).automation
    expect(lax.errorRate).toBe(0.1)
    expect(lax.expected?.held).toBeLessThanOrEqual(held as number)
  })

  it('are every site’s, or one’s, and moderators’ alone', async () => {
    await addSite()
    await addSite({ id: 'other' })
    const { items } = await json<Page<SiteStats>>(asOperator('GET', '/v1/stats'))
    expect(items.map(({ siteId }) => siteId)).toEqual(['blog', 'other'])
    const unknown = await json<ErrorBody>(asOperator('GET', '/v1/stats?site=nowhere'), 404)
    expect(unknown.error).toMatchObject({ code: 'unknown_site', field: 'site' })
    expect((await asOperator('GET', '/v1/stats?site=a&site=b')).status).toBe(400)
    for (const [method, where] of [
      ['GET', '/v1/stats'],
      ['POST', path('blog')],
    ] as const) {
      expect(
        (await call(method, where, { origin: host, ...(method === 'POST' && { body: {} }) })).status,
      ).toBe(401)
      expect(
        (await call(method, where, { token: 'r'.repeat(43), ...(method === 'POST' && { body: {} }) })).status,
      ).toBe(401)
    }
  })
})

describe('A policy preview', () => {
  it('tells what present and proposed settings would have done, and where people decided otherwise', async () => {
    const { site } = await practised()
    const present = await preview(site)
    expect(present).toMatchObject({
      decided: 58,
      present: { published: 0, held: 58, spam: 0, rejected: 0 },
      proposed: { published: 0, held: 58, spam: 0, rejected: 0 },
      differs: { published: 0, refused: 0 },
      examples: [],
      next: null,
    })
    const lax = await preview(site, { policy: 'postmoderate' })
    expect(lax).toMatchObject({
      present: { held: 58 },
      proposed: { published: 58, held: 0 },
      differs: { published: 25, refused: 0 },
    })
    expect(lax.examples).toHaveLength(10)
    expect(lax.examples[0]).toMatchObject({
      author: 'Mika',
      decided: 'spam',
      present: 'hold',
      proposed: 'approve',
      excerpt: expect.stringContaining(
        lessons({ fine: 30, spam: 22, mixed: 6 })
          .findLast(([, action]) => action === 'spam')?.[0]
          .slice(0, 60) as string,
      ),
    })
    const listed = await preview(site, { policy: 'postmoderate', lists: { spam: ['harbour', 'telegram'] } })
    expect(listed.proposed).toMatchObject({ held: 0 })
    expect(listed.proposed.spam).toBeGreaterThan(3)
    expect(listed.differs.refused).toBeGreaterThan(0)
    expect(listed.differs.published).toBeLessThan(25)
    const refused = listed.examples.find(({ proposed }) => proposed === 'spam')
    expect(refused).toMatchObject({ decided: 'approved', excerpt: expect.stringContaining('harbour') })
    expect(finding(refused, 'wordlist')).toBeDefined()
    const conditions = await preview(site, { policy: 'postmoderate', settings: { holdFirst: 1 } })
    expect(conditions.proposed).toEqual({ published: 0, held: 58, spam: 0, rejected: 0 })
  })

  it('asks what the learner would have said before it knew the answer', async () => {
    const odd = spamText(90)
    const { site, items } = await practised({}, [
      ...lessons({ fine: 55, spam: 54, mixed: 0 }),
      [odd, 'approve'],
    ])
    const { examples, differs, proposed } = await preview(site, {
      policy: 'trusted',
      settings: { errorRate: 0.1 },
    })
    expect(proposed.published).toBeGreaterThan(30)
    expect(proposed.spam).toBeGreaterThan(30)
    expect(differs.refused).toBe(1)
    const example = examples.find(({ decided }) => decided === 'approved')
    expect(example).toMatchObject({ commentId: items.at(-1)?.id, proposed: 'spam' })
    const before = finding(example, 'learner')?.params.score as number
    const [again] = await asked(site, [`${odd} `])
    const after = finding(again, 'learner')?.params.score as number
    expect(after).toBeLessThan(before - 0.5)
  })

  it('counts no word as known that only the comment itself has taught', async () => {
    const { site } = await practised({}, lessons())
    const [foreign] = await examined(site, [
      'Situs gacor terpercaya malam ini pasti menang besar, daftar sekarang juga saudara sekalian.',
    ])
    expect(foreign).toMatchObject({ band: 'unlearnt', verdict: 'hold' })
    await decideAll([{ id: foreign?.id as string, action: 'spam' }], losing)
    await study(site)
    const latest = await preview(site, { settings: { errorRate: 0.1 }, limit: 1 })
    expect(latest).toMatchObject({ decided: 1, present: { held: 1 }, proposed: { held: 1 }, examples: [] })
  })

  it('comes in pages that add up to the whole', async () => {
    const { site } = await practised()
    const proposal: PolicyProposal = {
      policy: 'postmoderate',
      settings: { maxLinks: 0 },
      lists: { hold: ['recipe', 'casino'] },
    }
    const whole = await preview(site, proposal)
    let sum = {
      decided: 0,
      proposed: { published: 0, held: 0, spam: 0, rejected: 0 },
      published: 0,
      refused: 0,
    }
    let pages = 0
    for (let cursor: string | null | undefined; cursor !== null; pages++) {
      const page: PolicyPreview = await preview(site, { ...proposal, limit: 25, ...(cursor && { cursor }) })
      expect(page.decided).toBeLessThanOrEqual(25)
      sum = {
        decided: sum.decided + page.decided,
        proposed: plus(sum.proposed, page.proposed),
        published: sum.published + page.differs.published,
        refused: sum.refused + page.differs.refused,
      }
      cursor = page.next
    }
    expect(pages).toBe(3)
    expect(sum).toEqual({ decided: whole.decided, proposed: whole.proposed, ...whole.differs })
    expect(whole.proposed.held).toBeGreaterThan(0)
  })

  it('leaves out what people did not decide, and changes nothing by being asked', async () => {
    const site = await addSchool({ policy: 'postmoderate' })
    const [published, approved, spam, deleted, taken] = await asked(site, [1, 2, 3, 4, 5].map(fineText))
    await decided(approved?.id as string, 'reject')
    await decided(spam?.id as string, 'spam')
    await decided(deleted?.id as string, 'delete')
    await decideAll([{ id: taken?.id as string, action: 'restore' }])
    await study(site)
    const dump = async () => {
      const tables = [
        'sites',
        'comments',
        'decisions',
        'events',
        'word_lists',
        'lessons',
        'learners',
        'tallies',
      ]
      return Promise.all(
        tables.map(async (table) => (await env.DB.prepare(`SELECT * FROM ${table}`).all()).results),
      )
    }
    const before = await dump()
    const found = await preview(site, {
      policy: 'premoderate',
      settings: { automaticApproval: false, holdNight: { from: 22, to: 6, timeZone: 'Europe/Paris' } },
      lists: { hold: ['a'], spam: ['b'], domains: ['c.example'] },
    })
    expect(found).toMatchObject({
      decided: 2,
      present: { published: 2 },
      proposed: { held: 2 },
      differs: { published: 0 },
    })
    expect(published?.decision?.byKind).toBe('screening')
    expect(await dump()).toEqual(before)
  })

  it.each<[unknown, string, string | undefined]>([
    ['{', 'invalid_json', undefined],
    [[], 'wrong_type', undefined],
    [{ policy: 'anarchy' }, 'invalid', 'policy'],
    [{ settings: { errorRate: 0.5 } }, 'invalid', 'settings.errorRate'],
    [{ settings: { maxLinks: '2' } }, 'wrong_type', 'settings.maxLinks'],
    [{ settings: { holdNight: { from: 1, to: 1, timeZone: 'UTC' } } }, 'invalid', 'settings.holdNight'],
    [
      { settings: { holdNight: { from: 1, to: 2, timeZone: 'Mars/Base' } } },
      'invalid',
      'settings.holdNight.timeZone',
    ],
    [{ lists: { spam: 'word' } }, 'wrong_type', 'lists.spam'],
    [{ lists: { spam: ['x'.repeat(101)] } }, 'too_long', 'lists.spam'],
    [{ cursor: '1; DROP TABLE comments' }, 'too_long', 'cursor'],
    [{ cursor: '-1' }, 'invalid', 'cursor'],
    [{ limit: 0 }, 'invalid', 'limit'],
    [{ limit: 1001 }, 'invalid', 'limit'],
    [{ limit: 1.5 }, 'invalid', 'limit'],
  ])('says what is wrong with %j', async (proposal, code, field) => {
    await addSite()
    const { error } = await json<ErrorBody>(asOperator('POST', path('blog'), proposal), 400)
    expect(error.code).toBe(code)
    if (field !== undefined) expect(error.field).toMatch(field)
    expect(error.message).toMatch(/^[A-Z].*\.$/)
  })

  it('of a site there is none of is not found', async () => {
    expect((await json<ErrorBody>(asOperator('POST', path('nowhere'), {}), 404)).error.code).toBe(
      'unknown_site',
    )
  })
})

describe('The export of decisions', () => {
  const exported = async (site: string) => {
    const answer = await asOperator('GET', `/v1/exports/decisions.csv?site=${site}`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
    return answer.text()
  }

  it('has each comment that a person called fine or spam, quoted, and no formula', async () => {
    const site = await addSchool()
    const bodies = [
      'He said "no",\nthen left.',
      '=HYPERLINK("http://x.example")',
      'Off topic',
      'Undecided',
      'Spam!',
    ]
    const ids = await stored(site, bodies)
    const given = ['approve', 'approve', 'reject', null, 'spam'] as const
    await decideAll(
      ids.flatMap((id, at) => {
        const action = given[at]
        return action ? [{ id, action }] : []
      }),
      losing,
    )
    const [head, ...rows] = (await exported(site)).split('\r\n')
    expect(head).toBe('"group","label","date","body","name","url"')
    expect(
      rows.map((row) => row.replace(/"\d{4}-[^"]+Z"/, 'DATE').replace(/\/class\/\d+/, '/class')),
    ).toEqual([
      '"/class","spam",DATE,"Spam!","Mika",""',
      `"/class","ham",DATE,"'=HYPERLINK(""http://x.example"")","Mika",""`,
      '"/class","ham",DATE,"He said ""no"",\nthen left.","Mika",""',
      '',
    ])
  })

  it('goes on over its pages', async () => {
    const site = await addSchool()
    const ids = await stored(
      site,
      Array.from({ length: 401 }, (_, at) => `Text number ${at}`),
    )
    await decideAll(
      ids.map((id) => ({ id, action: 'approve' })),
      losing,
    )
    const text = await exported(site)
    expect(new Set(text.match(/Text number \d+/g)).size).toBe(401)
  })

  it('is for owners, and of one site', async () => {
    await addSite({ id: 'mine' })
    expect((await call('GET', '/v1/exports/decisions.csv?site=mine')).status).toBe(401)
    expect((await asOperator('GET', '/v1/exports/decisions.csv')).status).toBe(400)
    expect((await asOperator('GET', '/v1/exports/decisions.csv?site=nowhere')).status).toBe(404)
  })
})
