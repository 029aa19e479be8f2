import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { freePort } from '../server.ts'
import type { Recipe } from './blocks.ts'

/** An unpacked and installed package `ghost` of npm, with its driver for SQLite built. */
const source = process.env.GHOST_PATH ?? ''

export const hasGhost = existsSync(join(source, 'content/themes'))

/** A Ghost that runs. */
export interface Ghost {
  url: string
  /** Shows all pages in one of Ghost's own themes, changed as the recipe says. */
  chooseTheme: (name: string) => Promise<void>
  /** Ends it and removes its folder. */
  stop: () => Promise<void>
}

const owner = { email: 'owner@blog.example', password: 'seven-tall-cranes-88' }

/** Changes a copy of a theme by the words of the recipe. */
async function changeTheme(theme: string, [thread = '', badge = '', script = '']: string[]): Promise<void> {
  const change = async (path: string, edit: (text: string) => string) => {
    const file = join(theme, path)
    const text = await readFile(file, 'utf8')
    if (edit(text) === text) throw new Error(`The recipe finds nothing in ${path}.`)
    await writeFile(file, edit(text))
  }
  await change('post.hbs', (text) =>
    text.replace(/\{\{#if comments\}\}([\s\S]*?)\{\{\/if\}\}/, '$1').replace('{{comments}}', () => thread),
  )
  await change('partials/post-card.hbs', (text) => text.replace('</footer>', () => `${badge}</footer>`))
  await change('default.hbs', (text) => text.replace('</body>', () => `${script}</body>`))
  await change('package.json', (text) => text.replace(/"name": "\w+"/, '"name": "changed"'))
}

/** Starts a fresh Ghost with two posts. */
export async function startGhost(recipe: Recipe): Promise<Ghost> {
  const folder = await mkdtemp(join(tmpdir(), 'hankyo-ghost-'))
  const content = join(folder, 'content')
  // Ghost reads its settings where it is started.
  for (const name of readdirSync(source))
    if (!/^(content|config\..*)$/.test(name)) await symlink(join(source, name), join(folder, name))
  await cp(join(source, 'content'), content, { recursive: true })
  const themes = ['casper', 'source']
  for (const name of themes) {
    await cp(join(content, 'themes', name), join(content, 'themes', `${name}-changed`), { recursive: true })
    await changeTheme(join(content, 'themes', `${name}-changed`), recipe.lines)
  }
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const config = {
    url,
    server: { host: '127.0.0.1', port },
    database: {
      client: 'sqlite3',
      connection: { filename: join(folder, 'ghost.db') },
      useNullAsDefault: true,
    },
    paths: { contentPath: content },
    security: { staffDeviceVerification: false },
    logging: { transports: ['stdout'], level: 'error' },
    privacy: { useUpdateCheck: false, useGravatar: false, useRpcPing: false },
  }
  await writeFile(join(folder, 'config.development.json'), JSON.stringify(config))
  const running = spawn(process.execPath, ['index.js'], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'development' },
    stdio: 'ignore',
  })
  const stop = () => end(running, folder)
  try {
    await vi.waitFor(async () => (await fetch(url)).ok || Promise.reject(new Error('Ghost begins.')), {
      timeout: 120_000,
      interval: 500,
    })
    const api = await signIn(url)
    for (const [slug, title] of [
      ['one', 'The first article'],
      ['two', 'The second article'],
    ])
      await api('POST', 'posts/?source=html', {
        posts: [
          {
            slug,
            title,
            status: 'published',
            html: '<p><a href="/one/">One</a> <a href="/two/">Two</a></p>',
          },
        ],
      })
    return { url, chooseTheme: (name) => api('PUT', `themes/${name}-changed/activate/`), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Makes the owner. @returns what asks Ghost as them */
async function signIn(url: string) {
  const headers: Record<string, string> = { origin: url, 'content-type': 'application/json' }
  const api = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${url}/ghost/api/admin/${path}`, {
      method,
      headers,
      body: JSON.stringify(body) ?? null,
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    const [cookie] = answer.headers.getSetCookie()
    if (cookie) headers.cookie = cookie.split(';')[0] ?? ''
    await answer.text()
  }
  await api('POST', 'authentication/setup/', { setup: [{ ...owner, name: 'Owner', blogTitle: 'A blog' }] })
  await api('POST', 'session/', { username: owner.email, password: owner.password })
  return api
}

async function end(running: ChildProcess, folder: string): Promise<void> {
  running.kill('SIGTERM')
  await new Promise((ended) => running.once('exit', ended))
  await rm(folder, { recursive: true, force: true })
}
