import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { scopeFor } from '../../../worker/access/permissions.ts'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { DecisionResults } from '../../../worker/contract/decisions.ts'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { QueuePage } from '../../../worker/contract/queue.ts'
import type { Session } from '../../../worker/contract/session.ts'
import type { Site } from '../../../worker/contract/site.ts'
import { type ApiToken, scopes } from '../../../worker/contract/tokens.ts'
import { routes } from '../../../worker/routes.ts'
import { addSite, asOperator, call, comment, json, post, queue } from '../product.ts'
import { signedIn } from '../staffed.ts'
import { furnish, makeToken, type Things } from './furnished.ts'

const day = 86_400_000
const foreign = 'https://other.example'

const as = (token: string) => (method: string, path: string, body?: unknown) =>
  call(method, path, { token, body, origin: null })

let ours: Things
let theirs: Things

async function furnishBoth() {
  await addSite()
  await addSite({ id: 'other', name: 'Another', origins: [foreign] })
  ours = await furnish('blog', 'https://blog.example')
  theirs = await furnish('other', foreign)
}

/** Signs in a member of staff who has a role on some sites only. */
const signIn = async (name: string, role: 'moderator' | 'owner', siteIds: string[]) =>
  (await signedIn(name, role, siteIds)).ask

const staffRoutes = routes.filter(({ audience }) => audience === 'staff')
const named = staffRoutes.map(({ method, path, ...route }) => ({
  name: `${method} ${path}`,
  method,
  path,
  ...route,
}))

describe('Every route of staff', () => {
  it.each(named)('$name names the act that it takes, and what its path names', ({ path, may, thing }) => {
    expect(may).toBeDefined()
    expect(thing !== undefined).toBe(path.includes(':id'))
  })
})

describe('Every route of staff, asked,', () => {
  beforeEach(furnishBoth)

  it.each(scopes)('asks for its scope: a token to %s opens those that take no more', async (scope) => {
    const ask = as((await makeToken({ scope })).token)
    for (const { name, method, path, may } of named) {
      const { status } = await ask(method, path.replace(/:\w+/g, 'none'), method === 'GET' ? undefined : {})
      const enough = scopes.indexOf(scope) >= scopes.indexOf(scopeFor(may as 'queue.read'))
      expect(`${name} ${status === 403}`).toBe(`${name} ${!enough}`)
      expect(status, name).not.toBe(401)
    }
  })

  it('answers a list asked for another site, or for one that is not there, alike', async () => {
    const ask = as((await makeToken({ scope: 'own', site: 'blog' })).token)
    const lists = ['queue?tab=all&', 'bans?', 'stats?', 'exports/decisions.csv?', 'webhooks?', 'deliveries?']
    for (const list of lists) {
      const asked = (site: string) => ask('GET', `/v1/${list}site=${site}`)
      const answers = [
        await asked('other'),
        await asked('none'),
        await asOperator('GET', `/v1/${list}site=none`),
      ]
      const told = await Promise.all(answers.map(async (answer) => `${answer.status} ${await answer.text()}`))
      expect(new Set(told).size, list).toBe(1)
      expect(told[0], list).toMatch(/^404 .*"unknown_site".*"field":"site"/)
      expect((await asked('blog')).status, list).toBe(200)
    }
  })

  it('tells what belongs to another site as what is not there', async () => {
    const ask = as((await makeToken({ scope: 'own', site: 'blog' })).token)
    const absent = {
      ...theirs,
      comment: crypto.randomUUID(),
      decision: crypto.randomUUID(),
      thread: '999999',
    }
    const nothing: Things = {
      ...absent,
      author: 'abcdef0123456789',
      ban: 'none',
      bulkAct: 'none',
      import: 'none',
      threadMove: 'none',
      token: 'none',
      endpoint: 'none',
      delivery: 'none',
      person: 'none',
      session: 'none',
      site: 'none',
    }
    const bodies: Record<string, object> = {
      'PUT /v1/authors/:id/badge': { badge: 'Editor' },
      'PATCH /v1/sites/:id': { name: 'Ours now' },
    }
    for (const { name, method, path, thing } of named.filter(({ path }) => path.includes(':'))) {
      const at = (of: Things) =>
        path
          .replace(':site', of.site)
          .replace(':id', thing ? of[thing] : '')
          .replace(':list', 'spam')
          .replace(':kind', 'webhook')
          .replace(':delivery', of.delivery)
      const body = method === 'GET' || method === 'DELETE' ? undefined : (bodies[name] ?? {})
      const [one, other] = [await ask(method, at(theirs), body), await ask(method, at(nothing), body)]
      expect(one.status, name).toBe(404)
      expect(await one.text(), name).toBe(await other.text())
    }
    expect((await queue('site=other&tab=all')).items[0]).toMatchObject({
      status: 'approved',
      pinned: false,
      author: { badge: null },
      thread: { closed: null, checked: false },
    })
    const { items } = await json<{ items: Site[] }>(asOperator('GET', '/v1/sites'))
    expect(items.find(({ id }) => id === 'other')?.name).toBe('Another')
  })

  it('does on one’s own site what it does on any', async () => {
    const ask = as((await makeToken({ scope: 'own', site: 'blog' })).token)
    const statuses = async (...asked: [string, string, unknown?][]) => {
      const answers: number[] = []
      for (const [method, path, body] of asked) answers.push((await ask(method, path, body)).status)
      return answers
    }
    expect(
      await statuses(
        ['PUT', `/v1/comments/${ours.comment}/pin`],
        ['DELETE', `/v1/comments/${ours.comment}/pin`],
        ['POST', `/v1/threads/${ours.thread}/closure`],
        ['PUT', `/v1/authors/${ours.author}/badge`, { badge: 'Editor' }],
        ['DELETE', `/v1/bans/${ours.ban}`],
        ['DELETE', `/v1/decisions/${ours.decision}`],
        ['PATCH', '/v1/sites/blog', { name: 'Renamed' }],
        ['PUT', '/v1/sites/blog/word-lists/spam', { entries: ['x'] }],
        ['GET', '/v1/exports/decisions.csv?site=blog'],
        ['DELETE', `/v1/tokens/${ours.token}`],
      ),
    ).toEqual([204, 204, 204, 204, 204, 200, 200, 200, 200, 204])
  })
})

describe('A moderator of one site', () => {
  beforeEach(furnishBoth)

  it('sees and counts in every list what is on it, and nothing else', async () => {
    const ask = await signIn('Mika', 'moderator', ['blog'])
    const me = await json<Session>(ask('GET', '/v1/session'))
    expect(me.moderator.role).toBe('moderator')
    expect(me.sites.map(({ id }) => id)).toEqual(['blog'])

    const page = await json<QueuePage>(ask('GET', '/v1/queue?tab=all'))
    expect(page.items.map(({ id }) => id)).toEqual([ours.comment])
    expect(page.counts.all).toBe(1)
    for (const query of [`ids=${theirs.comment}`, `thread=${theirs.thread}`, `author=${theirs.author}`]) {
      const none = await json<QueuePage>(ask('GET', `/v1/queue?tab=all&${query}`))
      expect(none.items).toEqual([])
    }
    expect((await ask('GET', '/v1/queue?tab=all&site=other')).status).toBe(404)

    const siteIds = async (path: string) => {
      const { items } = await json<{ items: { siteId: string | null }[] }>(ask('GET', path))
      return [...new Set(items.map(({ siteId }) => siteId))]
    }
    for (const path of ['/v1/bans', '/v1/audit-log', '/v1/stats'])
      expect(await siteIds(path), path).toEqual(['blog'])
    expect((await ask('GET', '/v1/bans?site=other')).status).toBe(404)
    expect(await siteIds(`/v1/audit-log?comment=${theirs.comment}`)).toEqual([])
    expect((await ask('GET', '/v1/stats?site=other')).status).toBe(404)
    const { items } = await json<{ items: Site[] }>(ask('GET', '/v1/sites'))
    expect(items.map(({ id }) => id)).toEqual(['blog'])
    expect(await json(ask('GET', '/v1/health'))).toEqual({ status: 'ok', database: 'ok' })
  })

  it('decides its comments and bans from it; another’s are not there', async () => {
    const ask = await signIn('Mika', 'moderator', ['blog'])
    const request = (commentId: string) => ({ commentId, revision: 1, action: 'spam' })
    const fresh = comment()
    await json(post(fresh), 202)
    const { results } = await json<DecisionResults>(
      ask('POST', '/v1/decisions', [request(fresh.id), request(theirs.comment)]),
      207,
    )
    expect(results).toMatchObject([{ status: 'spam' }, { error: { code: 'not_found' } }])
    expect(results[1]).not.toHaveProperty('present')
    const ban = { kind: 'domain', value: 'spam.example' }
    expect((await ask('POST', '/v1/bans', { siteId: 'blog', ...ban })).status).toBe(201)
    const { error } = await json<ErrorBody>(ask('POST', '/v1/bans', { siteId: 'other', ...ban }), 404)
    expect(error).toMatchObject({ code: 'unknown_site', field: 'siteId' })
  })

  it('does nothing that takes an owner', async () => {
    const ask = await signIn('Mika', 'moderator', ['blog'])
    for (const [method, path, body] of [
      ['PATCH', '/v1/sites/blog', { name: 'Mine' }],
      ['GET', '/v1/tokens', undefined],
      ['GET', '/v1/exports/decisions.csv?site=blog', undefined],
      ['PUT', `/v1/authors/${ours.author}/badge`, { badge: 'Editor' }],
    ] as const)
      expect((await ask(method, path, body)).status, path).toBe(403)
  })

  it('of two sites has both in one queue and one log, in order', async () => {
    await addSite({ id: 'third', name: 'Third', origins: ['https://third.example'] })
    await furnish('third', 'https://third.example')
    const ask = await signIn('Mika', 'moderator', ['blog', 'other'])
    const page = await json<QueuePage>(ask('GET', '/v1/queue?tab=all&limit=1'))
    expect(page.items.map(({ site }) => site.id)).toEqual(['other'])
    const rest = await json<QueuePage>(ask('GET', `/v1/queue?tab=all&limit=1&cursor=${page.next}`))
    expect(rest.items.map(({ site }) => site.id)).toEqual(['blog'])
    expect(rest).toMatchObject({ next: null, counts: { all: 2 } })
    const { items } = await json<{ items: AuditEntry[] }>(ask('GET', '/v1/audit-log'))
    expect(new Set(items.map(({ siteId }) => siteId))).toEqual(new Set(['blog', 'other']))
    expect(items.map(({ id }) => id)).toEqual(items.map(({ id }) => id).sort((one, other) => other - one))
  })

  it('with no site has empty lists', async () => {
    const { id, ask } = await signedIn('Nobody', 'owner', ['blog'])
    await env.DB.prepare('DELETE FROM staff_sites WHERE staff_id = ?').bind(id).run()
    for (const path of [
      '/v1/queue?tab=all',
      '/v1/bans',
      '/v1/audit-log',
      '/v1/stats',
      '/v1/sites',
      '/v1/tokens',
    ])
      expect((await json<{ items: unknown[] }>(ask('GET', path))).items, path).toEqual([])
  })
})

describe('An owner of one site', () => {
  beforeEach(furnishBoth)

  it('makes tokens for it alone, and adds no sites', async () => {
    const ask = await signIn('Olga', 'owner', ['blog'])
    expect((await ask('POST', '/v1/sites', { id: 'new', name: 'New', origins: [foreign] })).status).toBe(403)
    expect((await ask('POST', '/v1/tokens', { name: 'all' })).status).toBe(403)
    expect((await ask('POST', '/v1/tokens', { name: 'other', site: 'other' })).status).toBe(404)
    expect((await ask('POST', '/v1/tokens', { name: 'mine', site: 'blog', scope: 'read' })).status).toBe(201)
    const { items } = await json<{ items: ApiToken[] }>(ask('GET', '/v1/tokens'))
    expect(items).toMatchObject([
      { name: 'mine', site: 'blog', scope: 'read' },
      { name: 'of blog', site: 'blog', scope: 'own', expiresAt: null },
    ])
    expect((await ask('GET', '/v1/exports/decisions.csv?site=other')).status).toBe(404)
  })
})

describe('An API token', () => {
  beforeEach(furnishBoth)

  it('opens everything for good where nothing else is asked', async () => {
    expect(await makeToken({})).toMatchObject({ scope: 'own', site: null, expiresAt: null })
  })

  it('ends when it says', async () => {
    const { id, token } = await makeToken({ expiresAt: new Date(Date.now() + day).toISOString() })
    expect((await as(token)('GET', '/v1/queue')).status).toBe(200)
    await env.DB.prepare('UPDATE tokens SET expires_at = ? WHERE id = ?')
      .bind(Date.now() - 1, id)
      .run()
    expect((await as(token)('GET', '/v1/queue')).status).toBe(401)
    expect(
      (await json<{ items: ApiToken[] }>(asOperator('GET', '/v1/tokens'))).items.map(({ id }) => id),
    ).toContain(id)
  })

  it('is listed with those of its sites, fifty at a time, the latest first', async () => {
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120)
       INSERT INTO tokens (id, name, token_hash, created_at, site_id)
       SELECT 'token-' || i, 'No ' || i, 'hash ' || i, i / 2, iif(i % 2, 'blog', NULL) FROM n`,
    ).run()
    const ask = as((await makeToken({ site: 'blog' })).token)
    const listed = async (by: typeof asOperator) => {
      const names: string[] = []
      for (let cursor = ''; ; ) {
        const path = `/v1/tokens${cursor && `?cursor=${cursor}`}`
        const { items, next } = await json<{ items: ApiToken[]; next: string | null }>(by('GET', path))
        expect(items.length).toBeLessThanOrEqual(50)
        names.push(...items.map(({ name }) => name).filter((name) => name.startsWith('No ')))
        if (next === null) return names
        cursor = next
      }
    }
    const all = Array.from({ length: 120 }, (_, at) => 120 - at)
    expect((await listed(asOperator)).map((name) => Math.floor(Number(name.slice(3)) / 2))).toEqual(
      all.map((number) => Math.floor(number / 2)),
    )
    expect(await listed(ask)).toEqual(all.filter((number) => number % 2).map((number) => `No ${number}`))
  })

  it('makes no token that outlives it', async () => {
    const soon = new Date(Date.now() + day).toISOString()
    const ask = as((await makeToken({ expiresAt: soon })).token)
    for (const expiresAt of [undefined, new Date(Date.now() + 2 * day).toISOString()]) {
      const { error } = await json<ErrorBody>(ask('POST', '/v1/tokens', { name: 'heir', expiresAt }), 400)
      expect(error).toMatchObject({ code: 'invalid', field: 'expiresAt' })
    }
    expect((await ask('POST', '/v1/tokens', { name: 'heir', expiresAt: soon })).status).toBe(201)
  })

  it.each([
    ['an end that is over', { expiresAt: '2020-01-01T00:00:00Z' }, 400, 'invalid', 'expiresAt'],
    ['a scope there is none of', { scope: 'all' }, 400, 'invalid', 'scope'],
    ['a site there is none of', { site: 'none' }, 404, 'unknown_site', 'site'],
  ])('is not made with %s', async (_, asked, status, code, field) => {
    const answer = asOperator('POST', '/v1/tokens', { name: 'x', ...asked })
    expect((await json<ErrorBody>(answer, status)).error).toMatchObject({ code, field })
  })
})
