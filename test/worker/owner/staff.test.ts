import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { Session, SessionOfPerson } from '../../../worker/contract/session.ts'
import type { MadeLink, Person } from '../../../worker/contract/staff.ts'
import type { ApiToken, MadeToken } from '../../../worker/contract/tokens.ts'
import { addSite, asOperator, call, json } from '../product.ts'
import { type Ask, follow, invite, signedIn } from '../staffed.ts'

beforeEach(async () => {
  await addSite()
  await addSite({ id: 'other', name: 'Other', origins: ['https://other.example'] })
})

const staff = async (ask: Ask = asOperator) => (await json<Page<Person>>(ask('GET', '/v1/staff'))).items
const refused = async (answer: Promise<Response>, status: number) =>
  (await json<ErrorBody>(answer, status)).error.code
const acts = async (ask: Ask = asOperator) => {
  const { items } = await json<Page<AuditEntry>>(ask('GET', '/v1/audit-log'))
  return items.map(({ act, actor, siteId, details }) => [act, actor.name, siteId, details.name])
}

describe('An invitation', () => {
  it('makes an account for some sites, and its link signs in once', async () => {
    const { ask: owner } = await signedIn('Olga', 'owner')
    const { id, link, expiresAt } = await invite({ name: 'Mika', role: 'moderator', sites: ['blog'] }, owner)
    expect(Math.round((Date.parse(expiresAt) - Date.now()) / 86_400_000)).toBe(7)
    expect(await staff(owner)).toMatchObject([
      { id, name: 'Mika', role: 'moderator', sites: ['blog'], seenAt: null, invitedUntil: expiresAt },
      { name: 'Olga', role: 'owner', sites: '*', changeable: true, invitedUntil: null },
    ])
    const answer = await follow(link)
    expect(await json<Session>(answer, 201)).toMatchObject({
      moderator: { id, name: 'Mika', role: 'moderator', everySite: false },
      sites: [{ id: 'blog' }],
    })
    expect((await follow(link)).status).toBe(401)
    expect((await staff(owner))[0]).toMatchObject({ seenAt: expect.any(String), invitedUntil: null })
    expect((await acts()).slice(0, 2)).toEqual([
      ['session.start', 'Mika', null, undefined],
      ['staff.invite', 'Olga', 'blog', 'Mika'],
    ])
  })

  it('can be made again, which ends the one before', async () => {
    const { id, link } = await invite({ name: 'Mika', role: 'moderator', sites: ['blog'] })
    const again = await json<MadeLink>(asOperator('POST', `/v1/staff/${id}/link`), 201)
    expect((await follow(link)).status).toBe(401)
    expect((await follow(again.link)).status).toBe(201)
  })

  it.each([
    ['a name that is taken', { name: 'Olga' }, 409, 'name_taken', 'name'],
    ['a name that looks like another', { name: '\u{2060}ОIga ' }, 409, 'name_taken', 'name'],
    ['a name of Hankyo’s own', { name: 'Screening' }, 409, 'name_taken', 'name'],
    ['one in other letters', { name: 'Ѕсrееnіng' }, 409, 'name_taken', 'name'],
    ['no name that can be seen', { name: ' \u200b' }, 400, 'missing', 'name'],
    ['a name that looks like a badge', { name: 'Mika \u2714' }, 400, 'invalid', 'name'],
    ['a role there is none of', { role: 'admin' }, 400, 'invalid', 'role'],
    ['no site', { sites: [] }, 400, 'missing', 'sites'],
    ['a site there is none of', { sites: ['blog', 'none'] }, 404, 'unknown_site', 'sites'],
    ['something for sites that is none', { sites: 'blog' }, 400, 'wrong_type', 'sites'],
  ])('is not made with %s', async (_, asked, status, code, field) => {
    await invite({ name: 'Olga', role: 'owner', sites: '*' })
    const before = await staff()
    const answer = asOperator('POST', '/v1/staff', { name: 'Mika', role: 'moderator', sites: '*', ...asked })
    expect((await json<ErrorBody>(answer, status)).error).toMatchObject({ code, field })
    expect(await staff()).toEqual(before)
  })
})

it('Who asks was seen now, and so were their session and their token', async () => {
  const { ask } = await signedIn('Olga', 'owner')
  const { id, token } = await json<MadeToken>(ask('POST', '/v1/tokens', { name: 'script' }), 201)
  const byToken = (path: string) => call('GET', path, { token, origin: null })
  await byToken('/v1/tokens')
  vi.setSystemTime(Date.now() + 17 * 60_000)
  const isNow = (time?: string | null) => Date.now() - Date.parse(time ?? '') < 60_000
  const items = async <Item>(answer: Promise<Response>) => (await json<{ items: Item[] }>(answer)).items
  const people = await items<Person>(ask('GET', '/v1/staff'))
  expect(isNow(people.find(({ name }) => name === 'Olga')?.seenAt)).toBe(true)
  const sessions = await items<SessionOfPerson>(ask('GET', '/v1/sessions'))
  expect(isNow(sessions.find(({ current }) => current)?.seenAt)).toBe(true)
  const tokens = await items<ApiToken>(byToken('/v1/tokens'))
  expect(isNow(tokens.find((one) => one.id === id)?.lastUsedAt)).toBe(true)
  vi.useRealTimers()
})

describe('Removing somebody', () => {
  it('ends their sessions, tokens and links at once, and tells them', async () => {
    const { ask: owner } = await signedIn('Olga', 'owner')
    const { id, ask } = await signedIn('Nina', 'owner')
    const { token } = await json<MadeToken>(ask('POST', '/v1/tokens', { name: 'script' }), 201)
    const byToken: Ask = (method, path, body) => call(method, path, { token, body, origin: null })
    const heir = await json<MadeToken>(byToken('POST', '/v1/tokens', { name: 'heir' }), 201)
    expect(heir.madeBy).toBe('Nina')
    const { link } = await json<MadeLink>(owner('POST', `/v1/staff/${id}/link`), 201)

    expect((await owner('DELETE', `/v1/staff/${id}`)).status).toBe(204)
    expect(await refused(ask('GET', '/v1/queue'), 401)).toBe('account_removed')
    expect(await refused(ask('GET', '/v1/session'), 401)).toBe('account_removed')
    for (const of of [token, heir.token])
      expect((await call('GET', '/v1/queue', { token: of, origin: null })).status).toBe(401)
    expect((await follow(link)).status).toBe(401)
    expect((await json<Page<ApiToken>>(owner('GET', '/v1/tokens'))).items).toEqual([])
    expect((await staff()).map(({ name }) => name)).toEqual(['Olga'])
    expect((await acts())[0]).toEqual(['staff.remove', 'Olga', null, 'Nina'])
    expect(await refused(owner('DELETE', `/v1/staff/${id}`), 404)).toBe('not_found')
    // Their name is free again, and opens nothing that was theirs.
    expect((await invite({ name: 'Nina', role: 'moderator', sites: ['blog'] })).id).not.toBe(id)
    expect(await refused(ask('GET', '/v1/session'), 401)).toBe('account_removed')
  })

  it('keeps the last owner of all sites, and as an owner', async () => {
    const { id, ask } = await signedIn('Olga', 'owner')
    await signedIn('Sara', 'owner', ['blog'])
    await invite({ name: 'Never here', role: 'owner', sites: '*' })
    expect(await refused(ask('DELETE', `/v1/staff/${id}`), 409)).toBe('last_owner')
    for (const change of [{ role: 'moderator' }, { sites: ['blog'] }])
      expect(await refused(ask('PATCH', `/v1/staff/${id}`, change), 409)).toBe('last_owner')
    expect((await staff()).find((one) => one.id === id)).toMatchObject({ role: 'owner', sites: '*' })
    const other = await signedIn('Nina', 'owner')
    const answers = await Promise.all([
      ask('DELETE', `/v1/staff/${other.id}`),
      other.ask('DELETE', `/v1/staff/${id}`),
    ])
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
  })
})

describe('Changing somebody', () => {
  it('holds from their next request on, and each site’s log tells its part', async () => {
    const { id, ask } = await signedIn('Mika', 'owner', ['blog'])
    const change = { name: 'Mika L.', role: 'moderator', sites: ['other'] }
    expect(await json<Person>(asOperator('PATCH', `/v1/staff/${id}`, change))).toMatchObject(change)
    const { moderator, sites } = await json<Session>(ask('GET', '/v1/session'))
    expect(moderator).toMatchObject({ name: 'Mika L.', role: 'moderator' })
    expect(sites.map(({ id }) => id)).toEqual(['other'])
    expect((await ask('GET', '/v1/staff')).status).toBe(403)
    const { items } = await json<Page<AuditEntry>>(asOperator('GET', '/v1/audit-log'))
    expect(items.slice(0, 3).map(({ act, siteId, details }) => ({ act, siteId, ...details }))).toMatchObject([
      { act: 'staff.rename', siteId: 'other', was: 'Mika' },
      { act: 'staff.change', siteId: 'other', role: 'moderator' },
      { act: 'staff.change', siteId: 'blog', role: null },
    ])
  })

  it('ends those of their tokens that may do more than they', async () => {
    await signedIn('Olga', 'owner')
    const { id, ask } = await signedIn('Mika', 'owner')
    const make = async (asked: object) =>
      (await json<MadeToken>(ask('POST', '/v1/tokens', { name: 'script', ...asked }), 201)).id
    await make({})
    await make({ scope: 'moderate' })
    await make({ site: 'blog' })
    const left = await make({ scope: 'moderate', site: 'blog' })
    await json(asOperator('PATCH', `/v1/staff/${id}`, { role: 'moderator', sites: ['blog'] }))
    const { items } = await json<Page<ApiToken>>(asOperator('GET', '/v1/tokens'))
    expect(items.map(({ id }) => id)).toEqual([left])
  })

  it('brings no two together on a site whose names look alike, by sites as little as by a new account', async () => {
    await invite({ name: 'Olga', role: 'moderator', sites: ['blog'] })
    const { id } = await invite({ name: 'OIga', role: 'moderator', sites: ['other'] })
    for (const sites of [['other', 'blog'], '*']) {
      const answer = asOperator('PATCH', `/v1/staff/${id}`, { sites })
      const { error } = await json<ErrorBody>(answer, 409)
      expect(error).toMatchObject({ code: 'name_taken', field: 'sites' })
      expect(error.message).toContain('Olga')
    }
    await json(asOperator('PATCH', `/v1/staff/${id}`, { role: 'owner' }))
    const link = (name: string) => asOperator('POST', '/v1/sign-in-links', { name })
    expect(await refused(link('0lga'), 409)).toBe('name_taken')
    await json(link('Olga'), 201)
    expect((await staff()).map(({ name }) => name)).toEqual(['OIga', 'Olga'])
  })

  it.each(['Olga', 'OLGA', 'О1\u200bga'])(
    'is refused with a name that is taken or looks so: %s',
    async (name) => {
      await signedIn('Olga', 'owner')
      const { id, ask } = await signedIn('Mika', 'moderator', ['blog'])
      for (const answer of [
        asOperator('PATCH', `/v1/staff/${id}`, { name }),
        ask('PATCH', '/v1/session', { name }),
      ])
        expect((await json<ErrorBody>(answer, 409)).error).toMatchObject({
          code: 'name_taken',
          field: 'name',
        })
      expect((await ask('PATCH', '/v1/session', { name: 'MIKA' })).status).toBe(200)
    },
  )
})

describe('An owner of some sites', () => {
  it('sees who works on them, and changes only those who work nowhere else', async () => {
    const { ask } = await signedIn('Olga', 'owner', ['blog'])
    const everywhere = await signedIn('Alma', 'owner')
    const both = await signedIn('Bela', 'moderator', ['blog', 'other'])
    const elsewhere = await signedIn('Elsa', 'moderator', ['other'])
    const here = await signedIn('Hana', 'moderator', ['blog'])
    expect((await staff(ask)).map(({ name, sites, changeable }) => [name, sites, changeable])).toEqual([
      ['Alma', '*', false],
      ['Bela', ['blog'], false],
      ['Hana', ['blog'], true],
      ['Olga', ['blog'], true],
    ])
    const tried = async (id: string) => [
      (await ask('PATCH', `/v1/staff/${id}`, { role: 'moderator' })).status,
      (await ask('POST', `/v1/staff/${id}/link`)).status,
      (await ask('GET', `/v1/sessions?staff=${id}`)).status,
      (await ask('DELETE', `/v1/staff/${id}`)).status,
    ]
    expect(await tried(everywhere.id)).toEqual([403, 403, 404, 403])
    expect(await tried(both.id)).toEqual([403, 403, 404, 403])
    expect(await tried(elsewhere.id)).toEqual([404, 404, 404, 404])
    expect(await tried(here.id)).toEqual([200, 403, 200, 204])
  })

  it('makes links only for who never signed in, and they end once somebody may do more', async () => {
    const { ask } = await signedIn('Olga', 'owner', ['blog'])
    const { id } = await invite({ name: 'Mika', role: 'moderator', sites: ['blog'] }, ask)
    const { link } = await json<MadeLink>(ask('POST', `/v1/staff/${id}/link`), 201)
    await json(asOperator('PATCH', `/v1/staff/${id}`, { name: 'Mika L.' }))
    await json(asOperator('PATCH', `/v1/staff/${id}`, { sites: '*' }))
    expect((await follow(link)).status).toBe(401)
    await json(asOperator('PATCH', `/v1/staff/${id}`, { sites: ['blog'] }))
    const again = await json<MadeLink>(ask('POST', `/v1/staff/${id}/link`), 201)
    await json(asOperator('PATCH', `/v1/staff/${id}`, { name: 'Mika' }))
    expect((await follow(again.link)).status).toBe(201)
    expect(await refused(ask('POST', `/v1/staff/${id}/link`), 403)).toBe('forbidden')
    await json<MadeLink>(asOperator('POST', `/v1/staff/${id}/link`), 201)
  })

  it('gives no more than they have', async () => {
    const { ask } = await signedIn('Olga', 'owner', ['blog'])
    const asked = { name: 'Mika', role: 'moderator' }
    expect(await refused(ask('POST', '/v1/staff', { ...asked, sites: '*' }), 403)).toBe('forbidden')
    for (const sites of [['other'], ['blog', 'other'], ['none']])
      expect(await refused(ask('POST', '/v1/staff', { ...asked, sites }), 404)).toBe('unknown_site')
    const { id } = await invite({ name: 'Mika', role: 'owner', sites: ['blog'] }, ask)
    expect(await refused(ask('PATCH', `/v1/staff/${id}`, { sites: '*' }), 403)).toBe('forbidden')
    expect((await acts(ask))[0]).toEqual(['staff.invite', 'Olga', 'blog', 'Mika'])
  })
})

describe('A script', () => {
  it('whose token ends gives nobody an account, which would outlive it', async () => {
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString()
    const asked = { name: 'script', expiresAt }
    const { token } = await json<MadeToken>(asOperator('POST', '/v1/tokens', asked), 201)
    const { id } = await invite({ name: 'Mika', role: 'moderator', sites: '*' })
    const ask: Ask = (method, path, body) => call(method, path, { token, body, origin: null })
    for (const answer of [
      ask('POST', '/v1/staff', { name: 'X', role: 'owner', sites: '*' }),
      ask('PATCH', `/v1/staff/${id}`, { role: 'owner' }),
      ask('POST', `/v1/staff/${id}/link`),
    ])
      expect(await refused(answer, 403)).toBe('forbidden')
    expect(await refused(ask('PATCH', '/v1/session', { name: 'X' }), 404)).toBe('not_found')
  })
})

describe('One’s own account', () => {
  it('has a name, a language and a time zone, which are kept', async () => {
    const { id, ask } = await signedIn('Mika', 'moderator', ['blog'])
    const change = { name: 'Mika Laine', locale: 'ja', timeZone: 'Asia/Tokyo' }
    expect((await json<Session>(ask('PATCH', '/v1/session', change))).moderator).toMatchObject(change)
    expect((await json<Session>(ask('GET', '/v1/session'))).moderator).toMatchObject({ id, ...change })
    const after = await json<Session>(ask('PATCH', '/v1/session', { locale: null }))
    expect(after.moderator).toMatchObject({ name: 'Mika Laine', locale: null, timeZone: 'Asia/Tokyo' })
    expect((await acts())[0]).toEqual(['staff.rename', 'Mika', 'blog', 'Mika Laine'])
    for (const [field, value] of [
      ['timeZone', 'Mars/Olympus'],
      ['locale', 'xx'],
      ['role', 'owner'],
    ] as const)
      expect((await ask('PATCH', '/v1/session', { [field]: value })).status, field).toBe(400)
  })
})
