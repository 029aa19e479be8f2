import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { command, Product, served } from '../server.ts'

let data: string
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'hankyo-admin-'))
})
afterAll(() => rm(data, { recursive: true, force: true }))

async function admin(...args: string[]) {
  const running = served('admin', [...args, '--data', data])
  return { code: await running.ended, out: running.stdout, err: running.stderr }
}

const token = /^hk_[\w-]{40,}\n$/
const blog = ['site', 'add', 'blog', '--name', 'A blog', '--origin', 'https://blog.example']

test('while no server runs, and through npm with nothing but the answer on stdout', async () => {
  const npm = command('npm', ['run', '--silent', 'admin', '--', 'token', '--name', 'npm', '--data', data])
  expect(await npm.ended).toBe(0)
  expect(npm.stdout).toMatch(token)
  expect(await admin(...blog, '--origin', 'https://www.blog.example')).toMatchObject({
    code: 0,
    out: 'blog\tA blog\ten\tpremoderate\thttps://blog.example https://www.blog.example\n',
  })
  const again = await admin(...blog)
  expect(again).toMatchObject({ code: 1, out: '' })
  expect(again.err).toMatch(/^[^\n]*already[^\n]*\n$/)
  const link = await admin('sign-in')
  expect(link.out).toMatch(/^http:\/\/127\.0\.0\.1:8787\/dashboard\S+\n$/)
  expect(link.err).toContain('npm start')
})

test('after a server ran elsewhere', async () => {
  const product = await Product.start({ dataDir: data, flags: ['--no-demo'] })
  await product.stop()
  const link = await admin('sign-in')
  expect(link.out).toContain(`${product.url}/dashboard#sign-in=`)
  expect(link.err).toContain(`where it ran last, ${product.url}`)
  expect(link.err).toContain(`npm start -- --port ${product.port}`)
  const copy = await mkdtemp(join(tmpdir(), 'hankyo-admin-copy-'))
  await cp(data, copy, { recursive: true })
  const elsewhere = served('admin', ['sign-in', '--data', copy])
  await elsewhere.ended
  expect(elsewhere.stdout).toMatch(/^http:\/\/127\.0\.0\.1:8787\/dashboard#/)
  await rm(copy, { recursive: true, force: true })
})

test('while the server runs', async () => {
  const product = await Product.start({ dataDir: data, flags: ['--no-demo'] })
  try {
    const set = await admin('site', 'set', 'blog', '--policy', 'trusted', '--locale', 'ja')
    expect(set.out).toContain('\tja\ttrusted\t')
    expect((await admin('site', 'list')).out).toBe(set.out)
    const origins = async (...args: string[]) =>
      (await admin('site', 'set', 'blog', ...args)).out.split('\t')[4]
    expect(await origins('--origin', 'https://new.example/')).toBe(
      'https://blog.example https://www.blog.example https://new.example\n',
    )
    expect(await origins('--remove-origin', 'https://www.blog.example')).toBe(
      'https://blog.example https://new.example\n',
    )
    await admin(
      'site',
      'set',
      'blog',
      'maxLinks=5',
      'holdLinks=on',
      'holdNight=22-6 Asia/Tokyo',
      'proof=work',
    )
    const shown = (await admin('site', 'show', 'blog')).out
    for (const line of ['name     A blog', 'origin   https://new.example'])
      expect(shown).toContain(`${line}\n`)
    for (const setting of [
      'maxLinks=5',
      'holdLinks=on',
      'holdNight=22-6 Asia/Tokyo',
      'proof=work',
      'bodyLimit=10000',
    ])
      expect(shown).toMatch(new RegExp(`^${setting}\\s+\\S`, 'm'))
    expect((await admin('site', 'set', 'blog', 'holdNight=off', 'holdLinks=off')).code).toBe(0)
    expect((await admin('sign-in', '--name', 'Kei')).out).toContain(product.url)
    const made = await admin('token', '--name', 'script')
    expect(made).toMatchObject({ code: 0, err: '' })
    const headers = { authorization: `Bearer ${made.out.trim()}` }
    expect((await fetch(`${product.url}/v1/queue?site=blog`, { headers })).status).toBe(200)
    await admin('token', '--name', 'reader', '--scope', 'read', '--site', 'blog', '--days', '30')
    const listed = await (await fetch(`${product.url}/v1/tokens`, { headers })).json()
    expect(listed).toMatchObject({ items: [{ name: 'reader', scope: 'read', site: 'blog' }, {}, {}] })
    for (const [args, words] of [
      [['site', 'show', 'x'], /^There is no site "x"[^\n]*\n$/],
      [['token', '--name', 'x', '--site', 'none'], /^[^\n]*site[^\n]*\n$/],
    ] as const)
      expect(await admin(...args)).toEqual({ code: 1, out: '', err: expect.stringMatching(words) })
    const reindexed = await admin('reindex')
    expect(reindexed).toMatchObject({ code: 0, out: 'The search is made anew.\n' })
    expect(reindexed.err).toBe('0 of 0 comments (100 %)\n')
    const kept = await admin('site', 'remove', 'blog')
    expect(kept).toMatchObject({ code: 1, out: '' })
    expect(kept.err).toMatch(/^This removes the site blog \(A blog\) with its 0 comments.* say --yes\.\n$/)
    expect((await admin('site', 'remove', 'blog', '--yes')).out).toMatch(/^Removed the site blog /)
    expect((await admin('site', 'list')).out).toBe('')
  } finally {
    await product.stop()
  }
})

test('what cannot be is said in one line, and nothing on stdout', async () => {
  const { code, out, err } = await admin('token', '--name', 'x', '--nmae', 'y')
  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(/^[^\n]*--nmae[^\n]*\n$/)
})
