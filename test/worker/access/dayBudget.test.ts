import { env } from 'cloudflare:workers'
import { type Challenge, solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Posted } from '../../../worker/contract/comment.ts'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { SiteStats } from '../../../worker/contract/stats.ts'
import type { Env } from '../../../worker/env.ts'
import { purge } from '../../../worker/store/retention.ts'
import { counting } from '../counted.ts'
import { fetchIn, losing } from '../jobs.ts'
import {
  addSite,
  approved,
  asOperator,
  call,
  comment,
  host,
  json,
  pageOrigin,
  post,
  posted,
} from '../product.ts'

/** Each test has a site and a network of its own: limits by the minute outlive the database. */
let turn = 0
let site = ''
const made = (settings: object) => addSite({ id: site, settings })
beforeEach(() => {
  turn++
  site = `budget-${turn}`
})

const near = (host: number) => ({ headers: { 'cf-connecting-ip': `203.${turn}.113.${host}` } })
const farther = () => ({ headers: { 'cf-connecting-ip': `203.${turn}.114.1` } })
const path = (id: string, noun = '') => `/v1/sites/${site}/comments/${id}${noun}`

const proofFor = async (id: string) => {
  const { challenge } = await json<{ challenge: Challenge }>(
    call('POST', `/v1/sites/${site}/challenges`, { body: { id } }),
  )
  return JSON.stringify({ challenge, solution: await solveChallenge({ challenge, deriveKey }) })
}

/** What a comment is answered with, by somebody who proves to be a person or not. */
async function answer(from: object, { proved = false, token = '' } = {}): Promise<string | number> {
  const mine = comment()
  const proof = proved ? { proof: await proofFor(mine.id) } : {}
  const response = await post({ ...mine, ...proof }, { ...from, ...(token && { token }) }, site)
  return (await response.json<Partial<ErrorBody>>()).error?.code ?? response.status
}

const today = async () =>
  (await json<{ items: SiteStats[] }>(asOperator('GET', `/v1/stats?site=${site}`))).items[0]?.today

describe('A day of a site', () => {
  it('has newcomers prove that they are people after so many comments, and its owner told', async () => {
    await made({ dayBudget: 3 })
    const token = 'k'.repeat(43)
    await approved({}, { token }, site)
    for (let time = 0; time < 2; time++) expect(await answer({})).toBe(202)
    expect(await today()).toEqual({ comments: 3, budget: 3 })
    expect(await answer({})).toBe('proof_needed')
    expect(await answer({}, { proved: true })).toBe(202)
    expect(await answer({}, { token })).toBe(202)
    expect(await today()).toEqual({ comments: 5, budget: 3 })
    const metrics = await (await asOperator('GET', '/v1/metrics')).text()
    expect(metrics).toContain(`hankyo_comments_today{site="${site}"} 5`)
  })

  it('ends: the next one begins with none', async () => {
    await made({ dayBudget: 1 })
    await posted({}, {}, site)
    await env.DB.prepare('UPDATE tallies SET day = day - 1').run()
    expect(await today()).toEqual({ comments: 0, budget: 1 })
    expect(await answer({})).toBe(202)
    expect(await today()).toEqual({ comments: 1, budget: 1 })
  })
})

describe('A day of a network', () => {
  it('has its newcomers prove it from half of its comments on, and wait for tomorrow after all of them', async () => {
    await made({ networkBudget: 4 })
    expect([await answer(near(1)), await answer(near(2))]).toEqual([202, 202])
    expect(await answer(near(3))).toBe('proof_needed')
    expect(await answer(farther())).toBe(202)
    for (let host = 3; host < 5; host++) expect(await answer(near(host), { proved: true })).toBe(202)
    const mine = comment()
    const refused = await post({ ...mine, proof: await proofFor(mine.id) }, near(5), site)
    const left = Number(refused.headers.get('retry-after'))
    expect(refused.status).toBe(429)
    expect(Math.abs(Date.now() + left * 1000 - new Date().setUTCHours(24, 0, 0, 0))).toBeLessThan(60_000)
    expect(await answer(farther())).toBe(202)
  })

  it('leaves out whom people approved before', async () => {
    await made({ networkBudget: 2 })
    const token = 'k'.repeat(43)
    await approved({}, { ...near(1), token }, site)
    await answer(near(2), { proved: true })
    expect(await answer(near(3), { proved: true })).toBe('rate_limited')
    expect(await answer(near(1), { token })).toBe(202)
  })

  it('is spent by edits and by comments that are taken back, too, which can always be', async () => {
    await made({ networkBudget: 4 })
    const { comment: mine, token } = await posted({}, near(1), site)
    const edit = (revision: number) =>
      call('PATCH', path(mine.id), { ...near(1), token, body: { body: `No. ${revision}`, revision } })
    await json<Posted>(edit(1))
    await json<Posted>(edit(2))
    const second = comment()
    const { token: other } = await json<Required<Posted>>(
      post({ ...second, proof: await proofFor(second.id) }, near(2), site),
      202,
    )
    expect((await json<ErrorBody>(edit(3), 429)).error.code).toBe('rate_limited')
    for (const [id, own] of [
      [second.id, other],
      [mine.id, token],
    ] as const)
      expect((await call('DELETE', path(id), { ...near(2), token: own })).status).toBe(204)
    expect(await answer(near(3), { proved: true })).toBe('rate_limited')
  })

  it('has ten times as many likes and reports, those taken back besides', async () => {
    await made({ networkBudget: 2 })
    const shown = await approved({}, farther(), site)
    const reader = { ...near(1), token: 'r'.repeat(43) }
    const like = (method: string) => call(method, path(shown.comment.id, '/like'), reader)
    const flag = () => call('POST', path(shown.comment.id, '/flags'), { ...reader, body: { reason: 'spam' } })
    expect((await flag()).status).toBe(204)
    expect((await flag()).status).toBe(204)
    for (let time = 0; time < 19; time++) expect((await like(time % 2 ? 'DELETE' : 'PUT')).status).toBe(200)
    expect((await json<ErrorBody>(like('DELETE'), 429)).error.code).toBe('rate_limited')
    expect((await flag()).status).toBe(429)
    const far = { ...farther(), token: 's'.repeat(43) }
    expect((await call('PUT', path(shown.comment.id, '/like'), far)).status).toBe(200)
  })

  it('costs no row written once it is spent', async () => {
    await made({ networkBudget: 2 })
    const shown = await approved({}, farther(), site)
    const { comment: mine, token } = await posted({}, near(1), site)
    await answer(near(2), { proved: true })
    const { environment, count } = counting({ ...(env as unknown as Env), ...losing })
    const send = async (method: string, to: string, body: unknown, own: string) => {
      const headers = { origin: pageOrigin, authorization: `Bearer ${own}`, ...near(3).headers }
      const request = new Request(host + to, { method, headers, body: JSON.stringify(body) })
      return (await fetchIn(environment, request)).status
    }
    expect(await send('POST', `/v1/sites/${site}/comments`, comment(), 'n'.repeat(43))).toBe(429)
    expect(await send('PATCH', path(mine.id), { body: 'Again.', revision: 1 }, token)).toBe(429)
    const like = path(shown.comment.id, '/like')
    for (let time = 0; time < 20; time++)
      expect(
        (await call(time % 2 ? 'DELETE' : 'PUT', like, { ...near(3), token: 'n'.repeat(43) })).status,
      ).toBe(200)
    expect(await send('PUT', like, undefined, 'n'.repeat(43))).toBe(429)
    expect(count.written).toBe(0)
  })

  it('is forgotten when it is over', async () => {
    await made({})
    const { comment: mine, token } = await posted({}, near(1), site)
    await call('DELETE', path(mine.id), { ...near(1), token })
    const rows = async () => (await env.DB.prepare('SELECT * FROM network_acts').all()).results.length
    await purge(env.DB, Date.now())
    expect(await rows()).toBe(1)
    await purge(env.DB, Date.now() + 86_400_000)
    expect(await rows()).toBe(0)
  })
})
