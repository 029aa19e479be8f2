import { execFile, execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { made } from '../../worker/host/paths.ts'
import { Product } from '../server.ts'
import { findChromium } from '../steps/browser.ts'
import { recipeOf } from './blocks.ts'
import { filesOf, type Project, projects } from './projects.ts'
import { serveFolder } from './static.ts'

const run = promisify(execFile)

let product: Product
let browser: Browser

beforeAll(async () => {
  product = await Product.start()
  browser = await chromium.launch({ executablePath: findChromium() })
})
afterAll(async () => {
  await browser?.close()
  await product?.dispose()
})

/** Registers a site whose pages any port of this machine has, with a comment on its second article. */
async function addSite(site: string, url: string): Promise<void> {
  const origins = ['http://127.0.0.1:*']
  const made = await product.api('POST', 'sites', { id: site, name: site, origins, policy: 'postmoderate' })
  expect(made.status).toBe(201)
  const said = await fetch(`${product.url}/v1/sites/${site}/comments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({
      id: randomUUID(),
      key: '/two/',
      url: `${url}/two/`,
      title: 'The second article',
      author: { name: 'Kei' },
      body: 'Said on two.',
      elapsedMs: 20_000,
    }),
  })
  expect(said.status).toBe(202)
  // The comments of the demo are screened first.
  const shown = async () => (await fetch(`${product.url}/v1/sites/${site}/thread?key=/two/`)).text()
  await expect.poll(shown, { timeout: 60_000 }).toContain('Said on two.')
}

/** Builds a project with its recipe in it. @returns the folder of the built pages */
async function built(project: Project): Promise<string> {
  const folder = join(made, 'recipes', project.name)
  const recipe = recipeOf(project.name, { origin: product.url, site: project.name })
  for (const old of await readdir(folder).catch(() => []))
    if (!/^(node_modules|package-lock\.json)$/.test(old)) await rm(join(folder, old), { recursive: true })
  const manifest = { name: 'recipe', private: true }
  const files = { 'package.json': JSON.stringify(manifest), ...filesOf(project, recipe) }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    ASTRO_TELEMETRY_DISABLED: '1',
  }
  if (project.packages) {
    const flags = ['--no-audit', '--no-fund', '--no-save', '--prefer-offline', '--include=dev']
    await run('npm', ['install', ...flags, ...project.packages], { cwd: folder, env })
  }
  const [name = '', ...args] = project.build
  const own = join(folder, 'node_modules/.bin', name)
  await run(existsSync(own) ? own : name, args, { cwd: folder, env })
  return join(folder, project.out)
}

/** Whether a program is on the PATH. */
function installed(name: string): boolean {
  try {
    execFileSync('which', [name], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe('A site made with its recipe alone', () => {
  for (const project of projects)
    test.skipIf(!project.packages && !installed(project.build[0] ?? ''))(
      `has a thread under each article, also of the next one: ${project.name}`,
      async () => {
        const { server, url } = await serveFolder(await built(project))
        await addSite(project.name, url)
        const page = await browser.newPage()
        try {
          await page.goto(`${url}/one/`)
          const thread = page.locator('hankyo-thread')
          const said = (words: string) => thread.getByRole('article').filter({ hasText: words })
          await thread.getByRole('textbox', { name: 'Write a comment' }).fill('Said on one.')
          await thread.getByLabel('Name').fill('Mika')
          await thread.locator('button.send').click()
          await said('Said on one.').waitFor()
          await page.getByRole('link', { name: 'Two', exact: true }).first().click()
          await said('Said on two.').waitFor()
          expect(await said('Said on one.').count()).toBe(0)
          await page.getByRole('link', { name: 'One', exact: true }).first().click()
          await said('Said on one.').waitFor()
          expect(await said('Said on two.').count()).toBe(0)
        } finally {
          await page.close()
          server.close()
        }
      },
    )
})

describe('A recipe that is pasted into a service', () => {
  test('shows and loads the thread under an article alone: Hatena Blog', async () => {
    const [lines = ''] = recipeOf('hatena', { origin: product.url, site: 'demo' }).lines
    const folder = await mkdtemp(join(tmpdir(), 'hankyo-hatena-'))
    for (const kind of ['entry', 'index'])
      await writeFile(
        join(folder, `${kind}.html`),
        `<!doctype html><body class="page-${kind}">${lines}</body>`,
      )
    const { server, url } = await serveFolder(folder)
    const page = await browser.newPage()
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    try {
      await page.goto(`${url}/index.html`, { waitUntil: 'networkidle' })
      expect(asked).toContain('/embed.js')
      expect(asked.filter((path) => path.startsWith('/v1/'))).toEqual([])
      await page.goto(`${url}/entry.html`)
      await page.locator('hankyo-thread').getByRole('textbox').first().waitFor()
    } finally {
      await page.close()
      server.close()
      await rm(folder, { recursive: true })
    }
  })

  test('is XML, as a template has to be: Blogger', async () => {
    const [lines = ''] = recipeOf('blogger', { origin: product.url, site: 'demo' }).lines
    const page = await browser.newPage()
    const root = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'application/xml')
      return parsed.querySelector('parsererror')?.textContent ?? parsed.documentElement.localName
    }, `<html xmlns:b='urn:b' xmlns:expr='urn:expr'>${lines}</html>`)
    expect(root).toBe('html')
    await page.close()
  })
})
