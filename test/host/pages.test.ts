import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Product, served } from '../server.ts'

let folder: string
let product: Product
/** The site's own pages: what lies below `/2019/` leads to below `/archive/`. */
let blog: Server
let origin: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hankyo-pages-'))
  blog = createServer((request, response) => {
    const { url = '' } = request
    if (!url.startsWith('/2019/')) return response.end('<p>A page</p>')
    response.writeHead(301, { location: url.replace('/2019/', '/archive/') }).end()
  })
  await new Promise<void>((listening) => blog.listen(0, '127.0.0.1', listening))
  origin = `http://127.0.0.1:${(blog.address() as AddressInfo).port}`
  product = await Product.start({
    dataDir: join(folder, 'data'),
    flags: ['--no-demo', '--allow-private-hosts'],
  })
  await admin('site', 'add', 'blog', '--name', 'Blog', '--origin', origin, '--policy', 'postmoderate')
  for (const key of ['/2019/river', '/2019/hill', '/old', '/new']) await write(key)
})
afterAll(async () => {
  await product.stop()
  blog.close()
  await rm(folder, { recursive: true, force: true })
})

async function admin(...args: string[]) {
  const running = served('admin', [...args, '--data', join(folder, 'data')])
  return { code: await running.ended, out: running.stdout, err: running.stderr }
}

async function write(key: string, { site, of } = { site: 'blog', of: origin }): Promise<void> {
  const answer = await fetch(`${product.url}/v1/sites/${site}/comments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: of },
    body: JSON.stringify({
      ...{ id: crypto.randomUUID(), key, url: of + key, title: `Page ${key}`, elapsedMs: 9000 },
      ...{ author: { name: 'Mika' }, body: `A thought about ${key}, and what it says.` },
    }),
  })
  expect(answer.status).toBe(202)
}

/** How many threads lead where. */
const list = async () => (await admin('page', 'list', '--site', 'blog')).out

test('a page is moved by hand, after a look at what that comes to, and back', async () => {
  const looked = await admin('page', 'move', '/old', '--to', `${origin}/newer`, '--site', 'blog', '--dry-run')
  expect(looked).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^\/old -> \/newer: moves with \d shown comments?\n$/),
  })
  expect(await list()).toBe('No page has moved yet.\n')
  expect((await admin('page', 'move', '/old', '--to', '/newer', '--site', 'blog')).out).toMatch(
    /^1 page moved\./,
  )
  const id = /page undo (\S+)/.exec(await list())?.[1] ?? ''
  expect((await admin('page', 'undo', id)).out).toBe('Taken back: /old has its comments again.\n')
  expect(await admin('page', 'move', '/nothing', '--to', '/x', '--site', 'blog')).toMatchObject({
    code: 1,
    err: expect.stringContaining('/nothing -> /x: no thread has the first key'),
  })
})

test('many are moved by a file of where pages went, and what it cannot mean is refused', async () => {
  const file = join(folder, 'pages.txt')
  await writeFile(file, '# The blog moved\n/2019/* -> /articles/*\n/old -> /new\n')
  const looked = await admin('page', 'map', file, '--site', 'blog', '--dry-run')
  expect(looked.out.split('\n').filter(Boolean)).toEqual([
    expect.stringMatching(/^\/2019\/hill -> \/articles\/hill: moves/),
    expect.stringMatching(/^\/2019\/river -> \/articles\/river: moves/),
    expect.stringMatching(
      /^\/old -> \/new: goes into the thread there, which has \d, with \d shown comments?$/,
    ),
  ])
  expect((await admin('page', 'map', file, '--site', 'blog')).out).toMatch(/^3 pages moved\./)
  const moves = (await list()).split('\n').filter(Boolean)
  expect(moves).toHaveLength(4)
  for (const line of moves) {
    const id = /page undo (\S+)/.exec(line)?.[1]
    if (id) expect((await admin('page', 'undo', id)).code).toBe(0)
  }
  await writeFile(file, '/2019/* ->\n')
  expect(await admin('page', 'map', file, '--site', 'blog')).toMatchObject({
    code: 1,
    err: expect.stringContaining('goes nowhere'),
  })
  // A page that moved twice ends where it is now, whichever thread there was on the way.
  await writeFile(file, '/old -> /between\n/between -> /last\n/2019/* -> /2019/more/*\n')
  const twice = await admin('page', 'map', file, '--site', 'blog', '--dry-run')
  expect(twice.out.split('\n').filter(Boolean)).toEqual([
    expect.stringMatching(/^\/2019\/hill -> \/2019\/more\/hill: moves/),
    expect.stringMatching(/^\/2019\/river -> \/2019\/more\/river: moves/),
    expect.stringMatching(/^\/old -> \/last: moves/),
  ])
  await writeFile(file, '/old -> /between\n/between -> /last\n/last -> /between\n')
  expect(await admin('page', 'map', file, '--site', 'blog')).toMatchObject({
    code: 1,
    err: expect.stringContaining('/between -> /last -> /between goes in a circle'),
  })
})

test('pages of the site that lead elsewhere are found, and their threads follow', async () => {
  const looked = await admin('page', 'redirects', '--site', 'blog', '--dry-run')
  expect(looked.out.split('\n').filter(Boolean)).toEqual([
    expect.stringMatching(/^\/2019\/hill -> \/archive\/hill: moves/),
    expect.stringMatching(/^\/2019\/river -> \/archive\/river: moves/),
  ])
  expect((await admin('page', 'redirects', '--site', 'blog')).out).toMatch(/^2 pages moved\./)
})

test('a page that agrees on no encryption is named, and the server’s console has one line about it', async () => {
  const secure = origin.replace('http:', 'https:')
  await admin('site', 'add', 'shop', '--name', 'Shop', '--origin', secure, '--policy', 'postmoderate')
  for (const key of ['/a', '/b']) await write(key, { site: 'shop', of: secure })
  const { out, err } = await admin('page', 'redirects', '--site', 'shop')
  expect({ out, err }).toEqual({ out: 'No page moves.\n', err: '/a: not reachable\n/b: not reachable\n' })
  expect(product.output.match(/TLS handshake failed.*/g)).toHaveLength(1)
  expect(product.output).not.toContain('stack')
})
