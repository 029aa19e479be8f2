import { env } from 'cloudflare:workers'
import { type Challenge, solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readCounts } from '../../../worker/access/readLimit.ts'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import { networksOf } from '../../../worker/contract/networks.ts'
import { memory } from '../../../worker/http/isolateCache.ts'
import { countedAs } from '../jobs.ts'
import { addSite, approved, call, comment, host, json, post, posted } from '../product.ts'

const from = (address: string) => ({ headers: { 'cf-connecting-ip': address } })

/** What becomes of requests that are sent one after the other, until one is refused for being too many. */
async function takenOf(most: number, send: (index: number) => Promise<Response>): Promise<number> {
  for (let index = 0; index < most; index++) if ((await send(index)).status === 429) return index
  return most
}

/** Uses a limit of the site up, as so many others would. */
async function useUp(limit: 'NEWCOMER_LIMIT' | 'SITE_LIMIT', site: string): Promise<void> {
  while ((await env[limit].limit({ key: countedAs(site) })).success);
}

/** Each test has a site of its own: limits outlive the database. */
const sites = { next: 0 }
let site = ''
beforeEach(async () => {
  site = `limits-${sites.next++}`
  await addSite({ id: site })
})

const proofFor = async (id: string) => {
  const { challenge } = await json<{ challenge: Challenge }>(
    call('POST', `/v1/sites/${site}/challenges`, { body: { id } }),
  )
  return JSON.stringify({ challenge, solution: await solveChallenge({ challenge, deriveKey }) })
}

describe('A network', () => {
  it.each([
    ['an IPv6 /64', 10, (index: number) => `2001:db8:1:1::${index.toString(16)}`],
    ['an IPv6 /56', 30, (index: number) => `2001:db8:2:1${(index % 256).toString(16).padStart(2, '0')}::1`],
    ['an IPv6 /48', 60, (index: number) => `2001:db8:3:${(index * 257).toString(16)}::1`],
    ['an IPv4 address', 10, () => '192.0.2.7'],
    ['an IPv4 /24', 60, (index: number) => `192.0.3.${index}`],
    ['an IPv4 /24 written as IPv6', 60, (index: number) => `::ffff:192.0.4.${index}`],
  ])('like %s may send %i posts a minute, whatever is in them', async (_, most, address) => {
    const send = (index: number) => post(index % 2 ? '{}' : '', from(address(index)), site)
    // Up to twice as many where a new minute begins among them.
    const taken = await takenOf(2 * most + 1, send)
    expect(taken).toBeGreaterThanOrEqual(most)
    expect(taken).toBeLessThanOrEqual(2 * most)
  })

  it('spends nothing of others with posts that come to nothing', async () => {
    const nets = Array.from({ length: 11 }, (_, index) => `2001:db8:${(256 + index).toString(16)}`)
    for (const [index, net] of nets.entries())
      for (let sent = 0; sent < 60; sent++)
        await post(index % 2 ? '{}' : '[', from(`${net}:${(sent * 257).toString(16)}::1`), site)
    await posted({}, {}, site)
  })
})

describe('A site that many newcomers write to', () => {
  it('asks for work instead of refusing them', async () => {
    await useUp('NEWCOMER_LIMIT', site)
    const mine = comment()
    expect(await json<ErrorBody>(post(mine, {}, site), 403)).toMatchObject({
      error: { code: 'proof_needed', field: 'proof' },
      proof: { kind: 'work' },
    })
    await json(post({ ...mine, proof: await proofFor(mine.id) }, {}, site), 202)
  })

  it('has those without a script try again in a minute, with what they wrote', async () => {
    await useUp('NEWCOMER_LIMIT', site)
    const form = {
      id: crypto.randomUUID(),
      key: '/post',
      page: 'https://blog.example/post',
      name: 'Mika',
      body: 'My words.',
    }
    const answer = await call('POST', `/t/${site}?key=/post&lang=en`, {
      body: new URLSearchParams({ ...form, since: '1' }).toString(),
      origin: host,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '60'])
    const html = await answer.text()
    expect(html).toContain('My words.</textarea>')
    expect(html).not.toContain('challenge')
  })

  it('refuses them for a minute when more proved it than it takes', async () => {
    await useUp('NEWCOMER_LIMIT', site)
    await useUp('SITE_LIMIT', site)
    const mine = comment()
    const answer = await post({ ...mine, proof: await proofFor(mine.id) }, {}, site)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '60'])
  })

  it('takes from authors that people approved of before whatever others send', async () => {
    const token = 'k'.repeat(43)
    await approved({}, { token }, site)
    await useUp('NEWCOMER_LIMIT', site)
    await useUp('SITE_LIMIT', site)
    const crowd = from('192.0.2.200')
    while ((await post('{}', crowd, site)).status !== 429);
    const { comment: mine } = await posted({}, { ...crowd, token }, site)
    const edit = { body: 'Said better.', revision: 1 }
    const path = `/v1/sites/${site}/comments/${mine.id}`
    expect((await call('PATCH', path, { ...crowd, token, body: edit })).status).toBe(200)
  })
})

describe('A network that has read as much as a minute allows', () => {
  const reader = '203.0.113.9'
  const read = (path: string, headers: Record<string, string> = {}) =>
    call('GET', path, { headers: { 'cf-connecting-ip': reader, ...headers } })

  beforeEach(() => {
    vi.spyOn(Date, 'now').mockReturnValue(Math.floor(Date.now() / 60_000) * 60_000 + 12_345)
    while (readCounts.take(networksOf(reader), Date.now()));
  })
  afterEach(() => vi.restoreAllMocks())

  it.each(['thread?', 'thread.html?', 'counts?', 'feed.atom?', 'feed.json?'])(
    'gets no more of %s that no cache has, until the minute is over',
    async (what) => {
      const path = `/v1/sites/${site}/${what}key=/${crypto.randomUUID()}`
      const answer = await read(path)
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '48'])
      expect((await answer.json<ErrorBody>()).error).toMatchObject({
        code: 'rate_limited',
        message: expect.stringContaining('your network'),
      })
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect((await read(path, { 'cf-connecting-ip': '203.0.113.10' })).status).toBe(200)
      vi.mocked(Date.now).mockReturnValue(Date.now() + 48_000)
      expect((await read(path)).status).toBe(200)
    },
  )

  it('is told so in words where it has no script, and can try again', async () => {
    const answer = await read(`/t/${site}?key=/post&lang=en`)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '48'])
    const html = await answer.text()
    expect(html).toContain('<h1>Too many at once. Please wait a moment.</h1>')
    expect(html).toContain(`href="./${site}?key=/post&amp;lang=en"`)
    const body = new URLSearchParams({ key: '/post', lang: 'en', body: 'My words.' }).toString()
    const form = { 'cf-connecting-ip': reader, 'content-type': 'application/x-www-form-urlencoded' }
    const sent = await call('POST', `/t/${site}`, { body, headers: form })
    expect(sent.status).toBe(429)
    expect(await sent.text()).toContain('My words.</textarea>')
  })

  it('still gets what the worker has in memory, and is told what has not changed', async () => {
    const path = `/v1/sites/${site}/thread?key=/post`
    await approved({}, {}, site)
    memory.empty()
    const etag = (await read(path, { 'cf-connecting-ip': '203.0.114.1' })).headers.get('etag') ?? ''
    expect((await read(path)).status).toBe(200)
    memory.empty()
    expect((await read(path, { 'if-none-match': etag })).status).toBe(304)
    expect((await read(path, { 'if-none-match': '"0"' })).status).toBe(429)
  })

  it('still has its staff read', async () => {
    const path = `/v1/sites/${site}/thread?key=/${crypto.randomUUID()}`
    const as = (token: string) => read(path, { authorization: `Bearer ${token}` })
    expect((await as('not-a-token-of-anyone')).status).toBe(429)
    expect((await as(env.OPERATOR_KEY)).status).toBe(200)
  })

  it('is none of which the address says nothing', async () => {
    for (const address of ['127.0.0.1', '10.1.2.3', '::1']) {
      for (let reads = 0; reads < 700; reads++) readCounts.take(networksOf(address), Date.now())
      const path = `/v1/sites/${site}/thread?key=/${crypto.randomUUID()}`
      expect((await read(path, { 'cf-connecting-ip': address })).status).toBe(200)
    }
  })
})
