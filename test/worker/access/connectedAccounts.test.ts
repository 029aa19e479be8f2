import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { ConnectedAccount, SignInWays } from '../../../worker/contract/connectedAccounts.ts'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { Session } from '../../../worker/contract/session.ts'
import type { Env } from '../../../worker/env.ts'
import { accessToken, claimsOf, rotateKeys, SIGN_IN } from '../accounts.ts'
import { expectDocumented } from '../documented.ts'
import { fetchIn } from '../jobs.ts'
import { addSite, asOperator, host, json } from '../product.ts'

/** A browser: it keeps cookies, and sends those of the session only to where a page of Hankyo itself leads it. */
class Browser {
  private cookies = new Map<string, string>()
  private readonly signIn: string

  constructor(signIn = SIGN_IN) {
    this.signIn = signIn
  }

  /** Another browser with the same cookies, as a thief has it. */
  copy() {
    const other = new Browser()
    other.cookies = new Map(this.cookies)
    return other
  }

  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const request = new Request(host + path, {
      method,
      headers: { origin: host, cookie, ...headers },
      redirect: 'manual',
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const answer = (await fetchIn(
      { ...env, SIGN_IN: this.signIn } as unknown as Env,
      request,
    )) as unknown as Response
    await expectDocumented(method, host + path, answer)
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value) this.cookies.set(name, value)
      else this.cookies.delete(name)
    }
    return answer
  }

  async byLink(name: string) {
    const { token } = await json<{ token: string }>(asOperator('POST', '/v1/sign-in-links', { name }), 201)
    await json(this.ask('POST', '/v1/session', { token }), 201)
    return this
  }

  /** Sets out to a provider: where it is sent, and what its page would be told. */
  async setOut(path = '/v1/session/ways/desk') {
    const { url } = await json<{ url: string }>(this.ask('POST', path))
    const { searchParams } = new URL(url)
    const told = (name: string) => searchParams.get(name) ?? ''
    return { url, state: told('state'), nonce: told('nonce'), challenge: told('code_challenge') }
  }

  /** Comes back from the provider. @returns where Hankyo leads it on */
  async comeBack(query: Record<string, string>, provider = 'desk') {
    const path = `/dashboard/sign-in/${provider}?${new URLSearchParams(query)}`
    const answer = await this.ask('GET', path, undefined, { 'sec-fetch-site': 'cross-site' })
    expect(answer.status).toBe(302)
    return answer.headers.get('location')?.replace('../..', '')
  }

  /** Goes to the provider and back, where somebody signs in there. @param more what its token says besides */
  async goAround(sub: string, more: Record<string, unknown> = {}, path?: string) {
    const { state, nonce, challenge } = await this.setOut(path)
    const code = JSON.stringify({ claims: claimsOf(sub, { nonce, ...more }), challenge })
    return this.comeBack({ code, state })
  }

  connect = (sub: string) => this.goAround(sub, {}, '/v1/connected-accounts/desk')
  who = async () => ((await json<Session>(this.ask('GET', '/v1/session'))) as Session).moderator.name
  async isOut() {
    return (await this.ask('GET', '/v1/session')).status === 401
  }
}

const code = async (answer: Promise<Response>) => ((await (await answer).json()) as ErrorBody).error.code

beforeEach(() => addSite())

describe('An account elsewhere', () => {
  it('signs in whoever connected it, and says so', async () => {
    const desk = await new Browser().byLink('Mika')
    expect(await desk.connect('mika')).toBe('/dashboard?page=account')
    const other = new Browser()
    expect(await other.goAround('mika', { email: 'mika@new.example' })).toBe('/dashboard')
    expect(await other.who()).toBe('Mika')
    const { items } = await json<{ items: ConnectedAccount[] }>(desk.ask('GET', '/v1/connected-accounts'))
    expect(items).toMatchObject([
      { provider: { id: 'desk', name: 'Desk accounts' }, label: 'mika@new.example' },
    ])
    expect(items[0]?.lastUsedAt).not.toBeNull()
    const log = await json<{ items: AuditEntry[] }>(desk.ask('GET', '/v1/audit-log'))
    expect(log.items.slice(0, 2).map(({ act, details }) => [act, details.by ?? details.name])).toEqual([
      ['session.start', 'account'],
      ['account.connect', 'Desk accounts'],
    ])
  })

  it('is disconnected by its owner alone', async () => {
    const desk = await new Browser().byLink('Mika')
    await desk.connect('mika')
    const { items } = await json<{ items: ConnectedAccount[] }>(desk.ask('GET', '/v1/connected-accounts'))
    const path = `/v1/connected-accounts/${items[0]?.id}`
    const ren = await new Browser().byLink('Ren')
    expect((await ren.ask('DELETE', path)).status).toBe(404)
    expect((await desk.ask('DELETE', path)).status).toBe(204)
    expect(await new Browser().goAround('mika')).toBe('/dashboard#refused=account_unknown')
  })

  it('is nobody’s for its e-mail address, verified or not, and nobody’s twice', async () => {
    const desk = await new Browser().byLink('mika@desk.example')
    const stranger = new Browser()
    for (const email_verified of [true, false])
      expect(await stranger.goAround('mika', { email_verified })).toBe('/dashboard#refused=account_unknown')
    expect(await stranger.isOut()).toBe(true)
    await desk.connect('mika')
    const ren = await new Browser().byLink('Ren')
    expect(await ren.connect('mika')).toBe('/dashboard#refused=account_taken')
  })

  it('of somebody removed opens nothing, nor does one that is connected meanwhile', async () => {
    const ren = await new Browser().byLink('Ren')
    const desk = await new Browser().byLink('Mika')
    await desk.connect('mika')
    const { state, nonce, challenge } = await desk.setOut('/v1/connected-accounts/desk')
    const { moderator } = await json<Session>(desk.ask('GET', '/v1/session'))
    expect((await ren.ask('DELETE', `/v1/staff/${moderator.id}`)).status).toBe(204)
    expect(await new Browser().goAround('mika')).toBe('/dashboard#refused=account_unknown')
    const later = JSON.stringify({ claims: claimsOf('later', { nonce }), challenge })
    expect(await desk.comeBack({ code: later, state })).toBe('/dashboard#refused=unauthorized')
    expect(await new Browser().goAround('later')).toBe('/dashboard#refused=account_unknown')
  })

  it('is told by a new key of the provider, too', async () => {
    const desk = await new Browser().byLink('Mika')
    await desk.connect('mika')
    await rotateKeys()
    expect(await new Browser().goAround('mika')).toBe('/dashboard')
  })
})

describe('What comes back from a provider is refused', () => {
  it.each([
    ['of another issuer', { iss: 'https://evil.example' }],
    ['for another application', { aud: 'somebody-else' }],
    ['with another nonce', { nonce: 'another' }],
    ['after it has ended', { exp: Math.floor(Date.now() / 1000) - 120 }],
    ['about nobody', { sub: undefined }],
  ])('%s', async (_, more) => {
    const desk = await new Browser().byLink('Mika')
    await desk.connect('mika')
    const other = new Browser()
    expect(await other.goAround('mika', more)).toBe('/dashboard#refused=provider_failed')
    expect(await other.isOut()).toBe(true)
  })

  it('to a browser that did not set out, for another state, again, or for another provider', async () => {
    const desk = await new Browser().byLink('Mika')
    await desk.connect('mika')
    const thief = new Browser()
    const { state, nonce, challenge } = await new Browser().setOut()
    const code = JSON.stringify({ claims: claimsOf('mika', { nonce }), challenge })
    expect(await thief.comeBack({ code, state })).toBe('/dashboard#refused=sign_in_expired')
    await thief.setOut()
    expect(await thief.comeBack({ code, state })).toBe('/dashboard#refused=sign_in_expired')
    const one = new Browser()
    const way = await one.setOut()
    const good = {
      code: JSON.stringify({ claims: claimsOf('mika', way), challenge: way.challenge }),
      state: way.state,
    }
    const copied = one.copy()
    expect(await one.comeBack(good, 'away')).toBe('/dashboard#refused=sign_in_expired')
    expect(await copied.comeBack(good)).toBe('/dashboard')
  })

  it('where the same attempt comes back twice', async () => {
    const desk = await new Browser().byLink('Mika')
    await desk.connect('mika')
    const one = new Browser()
    const { state, nonce, challenge } = await one.setOut()
    const two = one.copy()
    const code = JSON.stringify({ claims: claimsOf('mika', { nonce }), challenge })
    expect(await one.comeBack({ code, state })).toBe('/dashboard')
    expect(await two.comeBack({ code, state })).toBe('/dashboard#refused=sign_in_expired')
  })

  it('where somebody stopped on the way, or the provider does not answer', async () => {
    const browser = new Browser()
    const { state } = await browser.setOut()
    expect(await browser.comeBack({ error: 'access_denied', state })).toBe(
      '/dashboard#refused=sign_in_refused',
    )
    expect(await code(browser.ask('POST', '/v1/session/ways/away'))).toBe('unavailable')
    expect(await code(browser.ask('POST', '/v1/session/ways/none'))).toBe('not_found')
    const foreign = browser.ask('POST', '/v1/session/ways/desk', undefined, {
      origin: 'https://evil.example',
    })
    expect(await code(foreign)).toBe('wrong_origin')
  })
})

describe('Cloudflare Access', () => {
  const as = (token: string) => ({ 'cf-access-jwt-assertion': token })
  const signIn = (browser: Browser, token: string) =>
    browser.ask('POST', '/v1/session', { access: true }, as(token))

  it('signs in whoever connected it, for as long as it let them through', async () => {
    const desk = await new Browser().byLink('Mika')
    const token = await accessToken('mika')
    expect(await json(desk.ask('POST', '/v1/connected-accounts/access', undefined, as(token)))).toEqual({
      url: null,
    })
    const { expiresAt } = await json<Session>(signIn(new Browser(), token), 201)
    expect(Date.parse(expiresAt as string)).toBeLessThanOrEqual(Date.now() + 300_000)
    expect(await code(signIn(new Browser(), await accessToken('ren')))).toBe('account_unknown')
  })

  it('is believed of its own tokens alone', async () => {
    const desk = await new Browser().byLink('Mika')
    await desk.ask('POST', '/v1/connected-accounts/access', undefined, as(await accessToken('mika')))
    const [head, , signature] = (await accessToken('mika')).split('.')
    const forged = btoa(JSON.stringify(claimsOf('mika', { aud: 'hankyo-access' }))).replaceAll('=', '')
    const refused = [
      '',
      'none',
      `${head}.${forged}.${signature}`,
      `${btoa('{"alg":"none"}').replaceAll('=', '')}.${forged}.`,
      await accessToken('mika', { aud: 'another-application' }),
      await accessToken('mika', { iss: 'https://evil.cloudflareaccess.com' }),
      await accessToken('mika', { exp: Math.floor(Date.now() / 1000) - 120 }),
      await accessToken('', {}),
    ]
    for (const token of refused)
      expect(await code(signIn(new Browser(), token)), token).toBe('access_refused')
  })

  it('and providers are closed where they are not set up, or wrongly', async () => {
    const token = await accessToken('mika')
    expect(await json<SignInWays>(new Browser('').ask('GET', '/v1/session/ways'))).toEqual({
      providers: [],
      access: false,
    })
    expect(await code(signIn(new Browser(''), token))).toBe('not_found')
    for (const wrong of ['{', '{"access":{"issuer":"https://a.example"}}', '{"providers":[{"id":"access"}]}'])
      expect(await code(signIn(new Browser(wrong), token))).toBe('not_configured')
  })
})
