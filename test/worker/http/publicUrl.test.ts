import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import worker from '../../../worker/index.ts'
import { addSite, approved, asOperator, json } from '../product.ts'
import { attribute, elementsOf } from '../threats/html.ts'

beforeEach(() => addSite())

/** Asks an instance with a public URL by another address, as a proxy does. */
async function ask(
  path: string,
  { publicUrl = 'https://blog.example/talk', ...init }: RequestInit & { publicUrl?: string } = {},
) {
  const context = createExecutionContext()
  const request = new Request(`http://127.0.0.1:8787${path}`, { redirect: 'manual', ...init })
  const answer = await worker.fetch(request, { ...env, PUBLIC_URL: publicUrl } as never, context as never)
  await waitOnExecutionContext(context)
  return answer
}

const operator = { authorization: `Bearer ${env.OPERATOR_KEY}`, 'content-type': 'application/json' }

/** A link that signs in, and what it leads to. */
async function signInLink() {
  const answer = await ask('/v1/sign-in-links', { method: 'POST', headers: operator, body: '{}' })
  return json<{ url: string; token: string }>(answer, 201)
}

const signIn = (token: string, headers: Record<string, string>, publicUrl?: string) =>
  ask('/v1/session', {
    method: 'POST',
    body: JSON.stringify({ token }),
    headers,
    ...(publicUrl !== undefined && { publicUrl }),
  })

describe('An instance in a folder of another host', () => {
  it('answers the same whether the proxy leaves the folder in the path or takes it off', async () => {
    await approved({ body: 'Seen in a folder' })
    for (const path of [
      '/v1/sites/blog/thread?key=/post',
      '/v1/sites/blog/thread.html?key=/post',
      '/v1/sites/blog/feed.atom',
    ]) {
      const [kept, taken] = await Promise.all([ask(`/talk${path}`), ask(path)])
      expect(kept.status).toBe(200)
      expect(await kept.text()).toBe(await taken.text())
    }
    expect((await ask('/talks/v1/health')).status).toBe(404)
  })

  it('names its public URL in all that is followed from elsewhere', async () => {
    await approved()
    const base = 'https://blog.example/talk'
    expect((await signInLink()).url).toMatch(`${base}/dashboard#sign-in=`)
    expect(await (await ask('/v1/sites/blog/feed.atom')).text()).toContain(`${base}/v1/sites/blog/feed.atom`)
    const html = await (await ask('/v1/sites/blog/thread.html?key=/post')).text()
    expect(html).toContain(`${base}/t/blog`)
    expect(html).not.toContain('127.0.0.1')
    const classic = await ask('/embed.js', { headers: { 'sec-fetch-mode': 'no-cors' } })
    expect(await classic.text()).toBe(`import("${base}/embed.js")`)
  })

  it('leads on within the folder', async () => {
    for (const [path, to] of [
      ['/talk', '/talk/docs/embed'],
      ['/talk/', '/talk/docs/embed'],
      ['/talk/docs?lang=ja', '/talk/docs/embed?lang=ja'],
      ['/talk/dashboard/', '/talk/dashboard'],
    ] as const)
      expect((await ask(path)).headers.get('location')).toBe(`https://blog.example${to}`)
    await approved()
    const page = 'https://blog.example/talk/t/blog?key=/post'
    const html = await (await ask('/talk/t/blog?key=/post')).text()
    const addresses = elementsOf(html).flatMap((one) =>
      ['href', 'action'].flatMap((name) => attribute(one, name) ?? []),
    )
    const own = addresses
      .map((address) => new URL(address, page))
      .filter(({ pathname }) => pathname !== '/post')
    expect(own.length).toBeGreaterThan(3)
    for (const { href } of own) expect(href).toMatch(/^https:\/\/blog\.example\/talk\//)
  })

  it('keeps its cookie to the folder', async () => {
    const { token } = await signInLink()
    const answer = await signIn(token, { origin: 'https://blog.example' })
    expect(answer.status).toBe(201)
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^__Secure-hankyo_session=/)
    expect(cookie).toMatch(/; Path=\/talk; .*Secure; SameSite=Strict/)
    const [session = ''] = cookie.split(';')
    expect((await ask('/talk/v1/session', { headers: { cookie: session } })).status).toBe(200)
  })

  it('says in words that a public URL is none', async () => {
    for (const publicUrl of ['blog.example', 'https://blog.example/', 'https://blog.example/t/x']) {
      const answer = await ask('/v1/health', { publicUrl })
      const { error } = await json<{ error: { code: string; message: string } }>(answer, 503)
      expect(error.code).toBe('not_configured')
      expect(error.message).toContain(`"${publicUrl}"`)
    }
  })
})

describe('Signing in behind a proxy that does not pass the host on', () => {
  it('is taken from a browser that says it is the dashboard itself', async () => {
    const { token } = await signInLink()
    const headers = { origin: 'https://comments.example', 'sec-fetch-site': 'same-origin' }
    expect((await signIn(token, headers, '')).status).toBe(201)
  })

  it('says which header is missing to one that does not', async () => {
    const { token } = await signInLink()
    const refusal = async (headers: Record<string, string>, publicUrl: string) =>
      (await json<{ error: { message: string } }>(signIn(token, headers, publicUrl), 403)).error.message
    const told = await refusal({ origin: 'https://comments.example' }, '')
    expect(told).toContain('opened it at https://comments.example')
    expect(told).toContain('header Host: 127.0.0.1:8787')
    expect(await refusal({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, '')).toContain(
      'Host',
    )
    expect(await refusal({}, '')).toContain('no header Origin')
    expect(await refusal({ origin: 'https://x.example' }, 'https://blog.example')).toContain(
      'its public URL is https://blog.example',
    )
    expect((await asOperator('GET', '/v1/health')).status).toBe(200)
  })
})
