import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { stat, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { Product } from '../../server.ts'

/** A small disk of its own. Only some users may have one. */
const disk = mkdtempSync(join(tmpdir(), 'hankyo-disk-'))
const isMounted = (() => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', disk], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

describe.runIf(isMounted)('on a full disk', () => {
  const filler = join(disk, 'filler')
  let product: Product

  const post = (body: string) =>
    fetch(`${product.url}/v1/sites/room/comments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://room.example' },
      body: JSON.stringify({
        ...{ id: crypto.randomUUID(), key: '/a', url: 'https://room.example/a', title: 'A title' },
        ...{ author: { name: 'Reader' }, body, elapsedMs: 9000 },
      }),
    })
  const read = (query: string) => fetch(`${product.url}/v1/sites/room/thread?key=/a&${query}`)
  const fill = async () => {
    const { bavail, bsize } = await statfs(disk)
    try {
      writeFileSync(filler, Buffer.alloc(bavail * bsize))
    } catch (error) {
      // The server took some of it in the meantime.
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  }

  beforeAll(async () => {
    product = await Product.start({ dataDir: join(disk, 'data'), flags: ['--no-demo', '--no-rate-limit'] })
    const site = { id: 'room', name: 'Room', origins: ['https://room.example'], policy: 'postmoderate' }
    expect((await product.api('POST', 'sites', site)).status).toBe(201)
    expect((await post('Before')).status).toBe(202)
    await vi.waitFor(async () => expect(await (await read('sort=newest')).text()).toContain('Before'), 10_000)
  })
  afterAll(() => product.dispose())

  test('comments are read, and what is new is refused until there is room', async () => {
    await fill()
    const refused = await post('Full')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '60'])
    expect(await refused.json()).toMatchObject({ error: { code: 'unavailable' } })
    for (const sort of ['oldest', 'newest', 'top']) {
      const page = await read(`sort=${sort}`)
      expect(page.status).toBe(200)
      expect(await page.text()).toContain('Before')
    }
    expect((await fetch(`${product.url}/v1/health`)).status).toBe(200)
    expect(product.output.match(/The disk is full/g)).toHaveLength(1)

    rmSync(filler)
    expect((await post('After')).status).toBe(202)
    await vi.waitFor(async () => expect(await (await read('sort=newest')).text()).toContain('After'), 10_000)
  })

  test('comments are read where nobody posts', async () => {
    await fill()
    await vi.waitFor(() => expect(product.output.match(/The disk is full/g)).toHaveLength(2), 10_000)
    await vi.waitFor(async () => expect((await read('sort=top')).status).toBe(200), 10_000)
    rmSync(filler)
  })

  test('nothing is kept when the server ends', async () => {
    await product.stop()
    await expect(stat(join(disk, 'data/reserve'))).rejects.toThrow('ENOENT')
  })
})

afterAll(() => {
  if (isMounted) execFileSync('umount', [disk])
  rmdirSync(disk)
})
