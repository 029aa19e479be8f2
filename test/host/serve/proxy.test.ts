import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { root } from '../../../worker/host/paths.ts'
import { freePort, Product } from '../../server.ts'
import { findProxy } from '../../steps/proxies.ts'

const page = readFileSync(join(root, 'widget/docs/pages/en/hosting.md'), 'utf8')

/** Lines as the documentation has them: for a host of its own, and for a folder. */
const linesFor = (language: string) =>
  Array.from(page.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs')), ([, lines]) => lines ?? '')

const [whole = '', folder = ''] = linesFor('nginx')
const [caddyWhole = '', caddyFolder = ''] = linesFor('caddy')

const [apacheWhole = ''] = linesFor('apache')

const nginx = findProxy('nginx')
const caddy = findProxy('caddy')
const apache = findProxy('apache2')

describe.skipIf(!nginx)('Behind nginx, as the documentation says', () => {
  let scratch: string
  let alone: Product
  let below: Product
  let proxy: ReturnType<typeof spawn>
  let ports: number[]
  const at = (index: number) => `http://localhost:${ports[index]}`

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'hankyo-nginx-'))
    await mkdir(join(scratch, 'temporary'))
    ports = [await freePort(), await freePort(), await freePort()]
    ;[alone, below] = await Promise.all([
      Product.start({ flags: ['--no-demo', '--trust-proxy'] }),
      Product.start({ flags: ['--no-demo', '--trust-proxy', '--public-url', `${at(1)}/comments`] }),
    ])
    const to = (lines: string, { port }: Product) => lines.replace('127.0.0.1:8787', `127.0.0.1:${port}`)
    const servers = [
      to(whole, alone).replace('$scheme', 'https'),
      to(folder, below),
      // The other way: the folder is taken off.
      to(folder, below).replace(/(proxy_pass [^;]+)/, '$1/'),
    ]
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    await writeFile(
      join(scratch, 'nginx.conf'),
      `daemon off; worker_processes 1; error_log stderr; pid ${scratch}/pid; events {}
      http { access_log off; ${temporary.map((name) => `${name}_temp_path ${scratch}/temporary/${name};`).join(' ')}
      ${servers.map((lines, index) => `server { listen 127.0.0.1:${ports[index]}; ${lines} }`).join('\n')} }`,
    )
    proxy = spawn(nginx ?? '', ['-e', 'stderr', '-c', join(scratch, 'nginx.conf')], { stdio: 'inherit' })
    await vi.waitFor(async () => expect((await fetch(`${at(0)}/v1/health`)).status).toBe(200), {
      timeout: 10_000,
    })
    for (const product of [alone, below])
      await product.api('POST', 'sites', { id: 'blog', name: 'Blog', origins: [at(0), at(1), at(2)] })
  })
  afterAll(async () => {
    proxy.kill('SIGTERM')
    await Promise.all([alone.dispose(), below.dispose()])
    await rm(scratch, { recursive: true, force: true })
  })

  /** Signs in by a link, as a browser too old to say more than its origin. */
  async function signIn(product: Product, base: string) {
    const link = await product.dashboardLink()
    const token = link.split('#sign-in=')[1]
    const answer = await fetch(`${base}/v1/session`, {
      method: 'POST',
      headers: { origin: new URL(base).origin, 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    })
    return { link, status: answer.status, cookie: answer.headers.get('set-cookie') ?? '' }
  }

  test('a host of its own is known by what the proxy says of it', async () => {
    expect((await signIn(alone, at(0))).status).toBe(201)
    const html = await (await fetch(`${at(0)}/v1/sites/blog/thread.html?key=/post`)).text()
    expect(html).toContain(`https://localhost:${ports[0]}/t/blog`)
  })

  test.each([
    ['left in the path', 1],
    ['taken off', 2],
  ])('a folder that is %s has the whole of it', async (_, index) => {
    const base = `${at(index)}/comments`
    const { link, status, cookie } = await signIn(below, index === 1 ? base : `${at(2)}/comments`)
    expect(link).toMatch(`${at(1)}/comments/dashboard#sign-in=`)
    // Its public URL is the first proxy's.
    expect(status).toBe(index === 1 ? 201 : 403)
    if (index === 1) expect(cookie).toContain('; Path=/comments;')

    /** What a page names: every script, style sheet and link of its own host. */
    const named = async (path: string) => {
      const page = await fetch(base + path, { headers: { accept: 'text/html' } })
      expect(page.status, path).toBe(200)
      const html = await page.text()
      return Array.from(
        html.matchAll(/(?:src|href)="([^"#][^"]*)"/g),
        ([, address = '']) => new URL(address.replaceAll('&amp;', '&'), page.url),
      ).filter(({ protocol, origin }) => protocol === 'http:' && origin === at(index))
    }
    for (const path of ['/dashboard', '/docs/embed?lang=en', '/t/blog?key=/post&lang=en']) {
      const addresses = await named(path)
      expect(addresses.length, path).toBeGreaterThan(1)
      for (const address of addresses) {
        expect(address.pathname).toMatch(/^\/comments\//)
        expect((await fetch(address)).status, address.href).toBe(200)
      }
    }
    const embed = await (await fetch(`${base}/embed.js`)).text()
    const [later] = /embed\/later-\w+/.exec(embed) ?? []
    expect((await fetch(`${base}/${later}/watch.js`)).status).toBe(200)
    const { servers } = (await (await fetch(`${base}/v1/openapi.json`)).json()) as { servers: object[] }
    expect(servers).toEqual([{ url: `${at(1)}/comments` }])
    const atom = await (await fetch(`${base}/v1/sites/blog/feed.atom`)).text()
    expect(atom).toContain(`${at(1)}/comments/v1/sites/blog/feed.atom`)
    const moved = await fetch(`${base}/`, { redirect: 'manual' })
    expect(moved.headers.get('location')).toBe(`${at(1)}/comments/docs/embed`)
  })

  test.skipIf(!caddy)('and Caddy does the same with the lines it has', async () => {
    const [own, inFolder] = [await freePort(), await freePort()]
    const at = (lines: string, port: number, product: Product) =>
      lines
        .replace(/^\S+ \{/, `http://localhost:${port} {\n  bind 127.0.0.1`)
        .replace('127.0.0.1:8787', `127.0.0.1:${product.port}`)
    const file = join(scratch, 'Caddyfile')
    await writeFile(
      file,
      `{\n  admin off\n}\n${at(caddyWhole, own, alone)}\n${at(caddyFolder, inFolder, below)}`,
    )
    const env = { ...process.env, XDG_DATA_HOME: scratch, XDG_CONFIG_HOME: scratch }
    const running = spawn(caddy ?? '', ['run', '--config', file, '--adapter', 'caddyfile'], {
      env,
      stdio: 'ignore',
    })
    try {
      const base = `http://localhost:${own}`
      const health = async (url: string) => expect((await fetch(`${url}/v1/health`)).status).toBe(200)
      await vi.waitFor(() => health(base), { timeout: 10_000 })
      expect((await signIn(alone, base)).status).toBe(201)
      await health(`http://localhost:${inFolder}/comments`)
    } finally {
      running.kill('SIGTERM')
    }
  })

  test.skipIf(!apache)('and Apache does the same with the lines it has', async () => {
    const [port, file] = [await freePort(), join(scratch, 'apache.conf')]
    const modules = ['mpm_event', 'authz_core', 'headers', 'proxy', 'proxy_http'].map(
      (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
    )
    const server = [
      `ServerName localhost\nListen 127.0.0.1:${port}\nPidFile ${scratch}/apache.pid\nDefaultRuntimeDir ${scratch}`,
      `ErrorLog ${scratch}/apache.log`,
      apacheWhole.replace('127.0.0.1:8787', `127.0.0.1:${alone.port}`),
    ]
    await writeFile(file, [...modules, ...server].join('\n'))
    const running = spawn(apache ?? '', ['-d', scratch, '-f', file, '-DFOREGROUND'], { stdio: 'ignore' })
    try {
      const base = `http://localhost:${port}`
      await vi.waitFor(async () => expect((await fetch(`${base}/v1/health`)).status).toBe(200), {
        timeout: 10_000,
      })
      expect((await signIn(alone, base)).status).toBe(201)
      const html = await (await fetch(`${base}/v1/sites/blog/thread.html?key=/post`)).text()
      expect(html).toContain(`${base}/t/blog`)
    } finally {
      running.kill('SIGTERM')
    }
  })
})
