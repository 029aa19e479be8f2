import { cp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { command, freePort, Product, served, until } from '../../server.ts'

const gone = (pid: number) => {
  try {
    process.kill(pid, 0)
    // A process that nobody has waited for yet is dead all the same.
    return false
  } catch {
    return true
  }
}

/** Waits until none of the processes runs; a zombie does not run. */
const allGone = (pids: number[]) =>
  vi.waitFor(
    async () => {
      for (const pid of pids) {
        const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => 'State:\tZ')
        expect(gone(pid) || /State:\s+Z/.test(status), `process ${pid}`).toBe(true)
      }
    },
    { timeout: 5000, interval: 20 },
  )

async function pids(data: string) {
  const server = JSON.parse(await readFile(join(data, 'server.json'), 'utf8'))
  return [server.pid as number, Number(await readFile(join(data, 'workerd.pid'), 'utf8'))]
}

const post = (product: Product, id: string, headers: Record<string, string> = {}) =>
  fetch(`${product.url}/v1/sites/demo/comments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: product.url, ...headers },
    body: JSON.stringify({
      id,
      key: '/demo/en',
      url: `${product.url}/demo/en`,
      title: 'A title',
      author: { name: 'Reader' },
      body: `A comment ${id}`,
      elapsedMs: 9000,
    }),
  })

describe('what cannot be is said in one line', () => {
  const folder = join(tmpdir(), `hankyo-refused-${process.pid}`)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test.each([
    ['a flag nobody knows', ['--prot', '8801'], '--prot'],
    ['an address of another machine', ['--host', '192.0.2.1', '--data', folder], '192.0.2.1'],
    ['a folder that is a file', ['--data', join(import.meta.dirname, 'start.test.ts')], 'Cannot write in'],
    ['a folder that cannot be made', ['--data', '/proc/hankyo/data'], 'Cannot write in /proc/hankyo/data'],
  ])('%s', async (_, args, words) => {
    const running = served('start', args)
    expect(await running.ended).toBe(1)
    expect(running.stdout).toBe('')
    expect(running.stderr).toMatch(/^[^\n]+\n$/)
    expect(running.stderr).toContain(words)
  })

  test('a taken port', async () => {
    const port = await freePort()
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve))
    const running = served('start', ['--port', String(port), '--data', folder])
    expect(await running.ended).toBe(1)
    expect(running.stderr).toBe(`Port ${port} on 127.0.0.1 is taken; choose another with --port.\n`)
    other.close()
  })
})

describe('a server', () => {
  let product: Product
  beforeAll(async () => {
    product = await Product.start({ flags: ['--session-days', '90'] })
  })
  afterAll(() => product.dispose())

  test('says where everything is', async () => {
    for (const path of ['/demo/ja', '/demo/en', '/demo/lively']) {
      expect(product.output).toContain(product.url + path)
      const page = await fetch(product.url + path)
      expect(page.status).toBe(200)
      expect(await page.text()).toContain('<hankyo-thread site="demo"></hankyo-thread>')
    }
    // Nobody watches: what is printed may be kept, and read by others.
    expect(product.output).toMatch(/Dashboard\s+http:\S+\/dashboard\n\s+\(npm run --silent admin -- sign-in /)
    expect(product.output).not.toContain('#sign-in')
    const counts = await fetch(`${product.url}/v1/sites/demo/counts?key=/demo/ja&key=/demo/en`)
    expect(await counts.json()).toEqual({ counts: { '/demo/ja': 2, '/demo/en': 2 } })
  })

  test('keeps staff signed in for as many days as it is told', async () => {
    const token = (await product.dashboardLink()).split('#sign-in=')[1]
    const answer = await fetch(`${product.url}/v1/session`, {
      method: 'POST',
      headers: { origin: product.url, 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    })
    const { expiresAt } = (await answer.json()) as { expiresAt: string }
    expect(Math.round((Date.parse(expiresAt) - Date.now()) / 86_400_000)).toBe(90)
  })

  test('keeps its secrets from others', async () => {
    expect((await stat(product.dataDir)).mode & 0o77).toBe(0)
    for (const file of ['secrets.json', 'server.json'])
      expect((await stat(join(product.dataDir, file))).mode & 0o77).toBe(0)
    const { OPERATOR_KEY, TOKEN_SECRET } = JSON.parse(
      await readFile(join(product.dataDir, 'secrets.json'), 'utf8'),
    )
    expect(Buffer.from(OPERATOR_KEY, 'base64url').length).toBeGreaterThanOrEqual(32)
    expect(Buffer.from(TOKEN_SECRET, 'base64url').length).toBeGreaterThanOrEqual(32)
    expect(OPERATOR_KEY).not.toBe(TOKEN_SECRET)
  })

  test('does not share its folder', async () => {
    const running = served('start', ['--port', String(await freePort()), '--data', product.dataDir])
    expect(await running.ended).toBe(1)
    expect(running.stderr).toMatch(/^[^\n]+ is in use by the server at [^\n]+\n$/)
  })

  test('is left alone by commands and a start on a copy of its folder', async () => {
    const copy = `${product.dataDir}-copy`
    await cp(product.dataDir, copy, { recursive: true })
    const [, workerd] = await pids(product.dataDir)
    const added = served('admin', [
      ...'site add copied --name Copied --origin'.split(' '),
      'https://copied.example',
      '--data',
      copy,
    ])
    expect(await added.ended, added.stderr).toBe(0)
    const { items } = (await (await product.api('GET', 'sites')).json()) as { items: { id: string }[] }
    expect(items.map(({ id }) => id)).toEqual(['demo'])
    // As a copy has them that was made just now.
    for (const file of ['server.json', 'workerd.pid']) await cp(join(product.dataDir, file), join(copy, file))
    const started = served('start', ['--port', String(await freePort()), '--data', copy, '--no-demo'])
    await until(started, () => started.stdout.includes('Press Ctrl-C'))
    started.child.kill('SIGTERM')
    await started.ended
    expect((await pids(product.dataDir))[1]).toBe(workerd)
    expect(gone(workerd as number)).toBe(false)
    await rm(copy, { recursive: true })
  })

  test('limits a reader who claims to be others', async () => {
    const statuses: number[] = []
    for (let count = 0; count < 21; count++) {
      const claim = `198.51.100.${count}`
      const headers = {
        'cf-connecting-ip': claim,
        'x-forwarded-for': claim,
        'mf-cf-blob': `{"clientIp":"${claim}"}`,
      }
      statuses.push((await post(product, crypto.randomUUID(), headers)).status)
    }
    expect(statuses).toContain(202)
    expect(statuses).toContain(429)
  })

  test('keeps its data through a stop and through kill -9, and leaves nothing behind', async () => {
    const site = { id: 'kept', name: 'Kept', origins: ['https://kept.example'] }
    expect((await product.api('POST', 'sites', site)).status).toBe(201)
    const counts = async () => (await fetch(`${product.url}/v1/sites/demo/counts?key=/demo/lively`)).json()
    const before = await counts()

    for (const end of ['stop', 'kill'] as const) {
      const running = await pids(product.dataDir)
      await product[end]()
      await allGone(running)
      await product.restart()
      const sites = (await (await product.api('GET', 'sites')).json()) as { items: { id: string }[] }
      expect(sites.items.map(({ id }) => id)).toEqual(['demo', 'kept'])
      expect(await counts()).toEqual(before)
    }
  })

  test('is stopped by no other program’s process id in server.json', async () => {
    await product.kill()
    const file = join(product.dataDir, 'server.json')
    await writeFile(file, JSON.stringify({ pid: process.pid, guard: 1, proof: 'x' }))
    await product.restart()
    expect((await fetch(`${product.url}/v1/health`)).status).toBe(200)
  })

  test('lets nobody in before it can answer', async () => {
    await product.stop()
    const restarting = product.restart()
    const first = await vi.waitFor(() => fetch(`${product.url}/v1/health`), { timeout: 20_000, interval: 5 })
    expect(first.status).toBe(200)
    await restarting
  })

  test('gets up again when workerd falls', async () => {
    const [, workerd] = await pids(product.dataDir)
    process.kill(workerd as number, 'SIGKILL')
    await vi.waitFor(
      async () => {
        expect((await pids(product.dataDir))[1]).not.toBe(workerd)
        expect((await fetch(`${product.url}/v1/health`)).status).toBe(200)
      },
      { timeout: 10_000, interval: 50 },
    )
  })
})

describe('npm start', () => {
  test('prints a link that signs in to a terminal alone', async () => {
    const data = join(tmpdir(), `hankyo-terminal-${process.pid}`)
    const port = String(await freePort())
    const start = `npm start -- --port ${port} --host ::1 --data ${data} --no-demo`
    const terminal = command('script', ['-qec', start, '/dev/null'])
    await until(terminal, () => terminal.stdout.includes('Press Ctrl-C'))
    expect(terminal.stdout).toMatch(/Dashboard\s+http:\/\/\[::1\]:\d+\/dashboard#sign-in=/)
    expect((await fetch(`http://[::1]:${port}/v1/health`)).status).toBe(200)
    const { pid } = JSON.parse(await readFile(join(data, 'server.json'), 'utf8'))
    process.kill(pid, 'SIGTERM')
    await terminal.ended
    await rm(data, { recursive: true })
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('stops all it started on %s', async (signal) => {
    const data = join(tmpdir(), `hankyo-npm-${process.pid}-${signal}`)
    const port = String(await freePort())
    const npm = command('npm', ['start', '--', '--port', port, '--data', data, '--no-demo'])
    await until(npm, () => npm.stdout.includes('Press Ctrl-C'))
    const running = await pids(data)
    npm.child.kill(signal)
    await npm.ended
    await allGone(running)
    await expect(stat(join(data, 'server.json'))).rejects.toThrow('ENOENT')
    await rm(data, { recursive: true })
  })
})
