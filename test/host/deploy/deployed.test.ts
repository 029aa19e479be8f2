import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { address, reason } from '../../../worker/host/deploy/account.ts'
import { Product, served } from '../../server.ts'

/** A server of ours stands in for the deployed one: `--remote` knows it by its address and its key only. */
let product: Product
beforeAll(async () => {
  product = await Product.start({ flags: ['--no-demo'] })
})
afterAll(() => product.dispose())

async function admin(args: string[], env: NodeJS.ProcessEnv = {}) {
  const known = { HANKYO_URL: product.url, HANKYO_OPERATOR_KEY: await product.operatorKey(), ...env }
  const running = served('admin', [...args, '--remote'], known)
  return { code: await running.ended, out: running.stdout, err: running.stderr }
}

describe('admin --remote', () => {
  test('makes a token that opens the API', async () => {
    const { code, out, err } = await admin(['token', '--name', 'script'])
    expect([code, err]).toEqual([0, ''])
    const headers = { authorization: `Bearer ${out.trim()}` }
    expect((await fetch(`${product.url}/v1/queue`, { headers })).status).toBe(200)
  })

  test('makes a link that signs in, on the deployed address', async () => {
    const { code, out } = await admin(['sign-in'])
    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`^${product.url}/dashboard#sign-in=\\S+\\n$`))
  })

  test('adds a site and lists it', async () => {
    const line = 'blog\tA blog\ten\tpremoderate\thttps://blog.example\n'
    const site = ['site', 'add', 'blog', '--name', 'A blog', '--origin', 'https://blog.example']
    expect(await admin(site)).toEqual({ code: 0, out: line, err: '' })
    expect(await admin(['site', 'list'])).toEqual({ code: 0, out: line, err: '' })
  })

  test.each([
    ['a key that is not the instance’s', { HANKYO_OPERATOR_KEY: 'x'.repeat(48) }, '--new-operator-key'],
    ['an address without a scheme', { HANKYO_URL: 'hankyo.blogger.workers.dev' }, 'https://'],
    ['an address that would send the key in the clear', { HANKYO_URL: 'http://blog.example' }, 'https://'],
  ])('says in one line what is wrong with %s', async (_, env, words) => {
    const { code, out, err } = await admin(['site', 'list'], env)
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/^[^\n]+\n$/)
    expect(err).toContain(words)
  })
})

test.each([
  [['https://hankyo.blogger.workers.dev', 'schedule: * * * * *'], 'https://hankyo.blogger.workers.dev'],
  [['comments.blog.example (custom domain)'], 'https://comments.blog.example'],
  [['blog.example/*'], 'https://blog.example'],
  [['schedule: * * * * *', 'Producer for hankyo-screening'], undefined],
])('the address among what a deployment reaches, %j, is %s', (targets, expected) => {
  expect(address(targets)).toBe(expected)
})

test('an error of wrangler’s becomes one line', () => {
  const stderr =
    '\n\u001b[31m✘ \u001b[41;31m[ERROR]\u001b[0m A request to the Cloudflare API (/accounts/f00/queues) failed.\n\n  Unauthorized [code: 10000]\n  \n  If you think this is a bug, open an issue\n\n🪵  Logs were written to "/x.log"\n'
  expect(reason({ code: 1, stdout: '', stderr })).toBe(
    'A request to the Cloudflare API (/queues) failed. Unauthorized [code: 10000].',
  )
})
