import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Env } from '../../../worker/env.ts'
import { fetchIn } from '../jobs.ts'
import { addSite, approved, json } from '../product.ts'

beforeEach(async () => {
  await addSite({ origins: ['https://www.blog.example'] })
  await approved({ url: 'https://www.blog.example/post' }, { origin: 'https://www.blog.example' })
})

const ask = async (path: string, host: string, namedBy: Env['HOST_NAMED_BY']) =>
  (await fetchIn(
    { ...env, HOST_NAMED_BY: namedBy } as unknown as Env,
    new Request(`${host}/v1/sites/blog/${path}`),
  )) as unknown as Response

const paths = ['feed.atom', 'feed.json', 'feed.atom?key=/post', 'thread.html?key=/post']
const isKept = (answer: Response) => /public/.test(answer.headers.get('cache-control') ?? '')

describe('The host that a request names, on one machine without a public URL', () => {
  it.each([
    'http://127.0.0.1:8787',
    'http://localhost:8787',
    'http://192.168.1.5:8787',
    'http://[fd00::5]:8787',
    'http://nas:8787',
    'http://nas.local:8787',
    'https://blog.example',
    'https://comments.blog.example',
  ])('is named in what is kept where it cannot be a stranger’s: %s', async (host) => {
    for (const path of paths) {
      const answer = await ask(path, host, 'client')
      expect(isKept(answer)).toBe(true)
      expect(await answer.text()).toContain(host)
    }
  })

  it.each([
    'http://evil.example',
    'https://evil.example:8787',
    'http://8.8.8.8',
    'http://blog.example.evil.com',
  ])('is named in nothing that is kept where nobody vouches for it: %s', async (host) => {
    for (const path of paths.slice(0, 3)) {
      const answer = await ask(path, host, 'client')
      expect(answer.status).toBe(200)
      expect(await answer.text()).not.toContain(new URL(host).hostname)
    }
    const refused = await ask('thread.html?key=/post', host, 'client')
    expect(isKept(refused)).toBe(false)
    const { error } = await json<{ error: { message: string } }>(refused, 400)
    expect(error.message).toContain('--public-url')
  })

  it('is believed of one’s own proxy, for who asked alone', async () => {
    for (const path of paths) {
      const answer = await ask(path, 'https://comments.example', 'proxy')
      expect(answer.status).toBe(200)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('cloudflare-cdn-cache-control')).toBeNull()
      expect(await answer.text()).toContain('https://comments.example')
    }
  })

  it('is Cloudflare’s where it leads requests here', async () => {
    for (const path of paths) {
      const answer = await ask(path, 'https://comments.example', '')
      expect(isKept(answer)).toBe(true)
      expect(await answer.text()).toContain('https://comments.example')
    }
  })
})

it('The HTML of a thread is a part of the owner’s page and shows as no page of ours, whatever its link calls it', async () => {
  const answer = await ask('thread.html?key=/none&title=Bank%20closes', 'https://comments.example', '')
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="thread.html"')
  expect(await answer.text()).toContain('title="Bank closes"')
})
