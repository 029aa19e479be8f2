import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AuthorNetworks } from '../../../worker/contract/authorNetworks.ts'
import type { Ban } from '../../../worker/contract/bans.ts'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { Page } from '../../../worker/contract/page.ts'
import { purge } from '../../../worker/store/retention.ts'
import { addSite, approved, asOperator, call, comment, json, post, posted, queue } from '../product.ts'

let turn = 0
beforeEach(() => {
  turn++
  return addSite()
})

/** From an address of this test's own, since limits outlive the database. */
const from = (address: string) => ({
  headers: {
    'cf-connecting-ip': address.replace('203.0', `203.${turn}`).replace('2001:db8', `2001:${turn}`),
  },
})

/** Somebody who wrote from an address; their public id. */
async function writer(address: string, token?: string): Promise<string> {
  const { comment } = await posted({}, { ...from(address), ...(token && { token }) })
  return (await queue(`tab=all&ids=${comment.id}`)).items[0]?.author.id ?? ''
}

const networks = (author: string, site = 'blog') =>
  json<AuthorNetworks>(asOperator('GET', `/v1/authors/${author}/networks?site=${site}`))
const asked = (author: string, more: object) =>
  asOperator('POST', '/v1/bans', { siteId: 'blog', kind: 'author', value: author, ...more })
const ban = (author: string, more: object) => json<Ban>(asked(author, more), 201)
const writing = async (address: string) => {
  const answer = await post(comment(), from(address))
  const { error } = await answer.json<Partial<ErrorBody>>()
  return error?.code ?? answer.status
}

const places = [
  ['IPv4', ['203.0.113.7', '203.0.113.7', '203.0.113.8', '203.0.114.7']],
  ['IPv6', ['2001:db8:7:1::1', '2001:db8:7:1:9::2', '2001:db8:7:ff01::1', '2001:db8:8:1::1']],
] as const

describe('A ban of an author that takes their network of today along', () => {
  it.each(places)('tells beforehand whom else it would hit (%s)', async (_, [own, same, near, far]) => {
    const token = 'f'.repeat(43)
    const author = await writer(own, token)
    await writer(own, token)
    await writer(same)
    const regular = 'g'.repeat(43)
    for (let time = 0; time < 2; time++) await writer(near, regular)
    await writer(far)
    expect((await networks(author)).others).toEqual({
      address: { authors: 1, comments: 1 },
      network: { authors: 2, comments: 3 },
    })
  })

  it.each(places)('keeps out who writes from their address without a token (%s)', async (_, addresses) => {
    const [own, same, near] = addresses
    const author = await writer(own)
    await ban(author, { network: 'address' })
    expect([await writing(same), await writing(near)]).toEqual(['banned', 202])
  })

  it.each(places)('or from the network around it (%s), until it is lifted', async (_, addresses) => {
    const [own, same, near, far] = addresses
    const { id } = await ban(await writer(own), { network: 'network' })
    expect([await writing(same), await writing(near), await writing(far)]).toEqual(['banned', 'banned', 202])
    expect((await asOperator('DELETE', `/v1/bans/${id}`)).status).toBe(204)
    expect([await writing(same), await writing(near)]).toEqual([202, 202])
  })

  it('keeps them from liking, reporting and editing, too', async () => {
    const { comment: other } = await approved()
    const token = 'h'.repeat(43)
    const { comment: mine } = await posted({}, { ...from('203.0.113.9'), token })
    await ban(await writer('203.0.113.7'), { network: 'network' })
    const at = from('203.0.113.9')
    const reader = { ...at, token: 'r'.repeat(43) }
    const path = (id: string) => `/v1/sites/blog/comments/${id}`
    const answers = await Promise.all([
      call('PUT', `${path(other.id)}/like`, reader),
      call('POST', `${path(other.id)}/flags`, { ...reader, body: { reason: 'spam' } }),
      call('PATCH', path(mine.id), { ...at, token, body: { body: 'Other words.', revision: 1 } }),
    ])
    for (const answer of answers) expect((await json<ErrorBody>(answer, 403)).error.code).toBe('banned')
  })

  it('ends with the day or with the ban, and its hash is gone then', async () => {
    const midnight = new Date(new Date().setUTCHours(24, 0, 0, 0)).toISOString()
    const { until } = await networks(await writer('203.0.113.7'))
    expect(until).toBe(midnight)
    const author = await writer('203.0.113.7')
    expect((await ban(author, { network: 'address' })).network).toEqual({ width: 'address', until: midnight })
    const soon = new Date(Date.now() + 1000).toISOString()
    const shorter = await ban(author, { network: 'network', until: soon })
    expect(shorter.network).toEqual({ width: 'network', until: soon })
    await purge(env.DB, Date.parse(midnight))
    const { items } = await json<Page<Ban>>(asOperator('GET', '/v1/bans?site=blog'))
    expect(items).toMatchObject([{ value: author, network: null }])
    expect(await writing('203.0.113.7')).toBe(202)
  })

  it('keeps the network when it is extended, and leaves it when it is lifted and made anew', async () => {
    const author = await writer('203.0.113.7')
    await ban(author, { network: 'network' })
    const { id, network } = await ban(author, {})
    expect(network?.width).toBe('network')
    expect((await asOperator('DELETE', `/v1/bans/${id}`)).status).toBe(204)
    expect((await ban(author, {})).network).toBeNull()
    expect(await writing('203.0.113.7')).toBe(202)
  })

  it('is refused where nobody knows the network, and for what is no author', async () => {
    const author = await writer('203.0.113.7')
    const yesterday = Date.now() - 86_400_000
    await env.DB.prepare('UPDATE comments SET created_at = ?').bind(yesterday).run()
    expect((await networks(author)).others).toBeNull()
    const wrong = [
      asked(author, { network: 'network' }),
      asked(await writer('127.0.0.1'), { network: 'address' }),
      asked('spam.example', { kind: 'domain', network: 'network' }),
      asked(author, { network: 'subnet' }),
    ]
    for (const answer of wrong)
      expect((await json<ErrorBody>(answer, 400)).error).toMatchObject({ code: 'invalid', field: 'network' })
  })

  it('is of one site', async () => {
    await addSite({ id: 'other' })
    await ban(await writer('203.0.113.7'), { network: 'network' })
    const { comment: elsewhere } = await posted({}, from('203.0.113.7'), 'other')
    const other = (await queue(`tab=all&ids=${elsewhere.id}`)).items[0]?.author.id ?? ''
    expect((await networks(other, 'other')).others?.network).toEqual({ authors: 0, comments: 0 })
  })
})
