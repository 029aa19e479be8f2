import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { recipeOf } from './blocks.ts'
import { blogger, hatena } from './servicePages.ts'
import { addSite, readBoth, stage } from './stage.ts'
import { serveFolder } from './static.ts'

const here = stage()
const articles = { one: 'The first article', two: 'The second article' }

/** The pages of a blog on a service by their path: a list, and two articles. */
const pagesOf = {
  blogger: (lines: string) => ({
    '/': blogger(lines, { path: '/', title: null }),
    ...Object.fromEntries(
      Object.entries(articles).map(([name, title]) => [
        `/${name}/`,
        blogger(lines, { path: `/${name}/`, title }),
      ]),
    ),
  }),
  hatena: (lines: string) => ({
    '/': hatena(lines, { path: '/', titles: Object.values(articles) }),
    ...Object.fromEntries(
      Object.entries(articles).map(([name, title]) => [
        `/${name}/`,
        hatena(lines, { path: `/${name}/`, titles: [title] }),
      ]),
    ),
  }),
}

describe('A recipe that is pasted into a service, on pages of the form that it has', () => {
  for (const name of ['blogger', 'hatena'] as const)
    test(`shows a thread under each article, and loads none in a list: ${name}`, async () => {
      const [lines = ''] = recipeOf(name, { origin: here.product.url, site: name }).lines
      const folder = await mkdtemp(join(tmpdir(), `hankyo-${name}-`))
      for (const [path, html] of Object.entries(pagesOf[name](lines))) {
        await mkdir(join(folder, path), { recursive: true })
        await writeFile(join(folder, path, 'index.html'), html)
      }
      const { server, url } = await serveFolder(folder)
      await addSite(here.product, name, url)
      const page = await here.browser.newPage()
      try {
        const asked: string[] = []
        page.on('request', (request) => asked.push(new URL(request.url()).pathname))
        await page.goto(url, { waitUntil: 'networkidle' })
        expect(asked.filter((path) => path.startsWith('/v1/'))).toEqual([])
        expect(await page.locator('hankyo-thread').filter({ visible: true }).count()).toBe(0)
        await readBoth(page, url)
        await page.locator('hankyo-thread').getByRole('heading', { name: 'The first article' }).waitFor()
      } finally {
        await page.close()
        server.close()
        await rm(folder, { recursive: true })
      }
    })

  test('is XML, as a template has to be: blogger', async () => {
    const [lines = ''] = recipeOf('blogger', { origin: here.product.url, site: 'demo' }).lines
    const page = await here.browser.newPage()
    const root = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'application/xml')
      return parsed.querySelector('parsererror')?.textContent ?? parsed.documentElement.localName
    }, `<html xmlns:b='urn:b' xmlns:expr='urn:expr'>${lines}</html>`)
    expect(root).toBe('html')
    await page.close()
  })
})
