import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, type BrowserContext, expect, type Locator, type Page } from '@playwright/test'
import { root } from '../../worker/host/paths.ts'
import { type Article, article, snippet } from '../e2e/article.ts'
import type { Subject } from '../e2e/conversation.ts'
import type { Product } from '../server.ts'

/** How a screen is to be. */
export interface Look {
  width?: number
  height?: number
  colorScheme?: 'light' | 'dark'
  /** Whether scripts run, which they do unless told. */
  javaScriptEnabled?: boolean
}

/** A screen with its reader, who has been nowhere yet. */
export interface Scene {
  product: Product
  context: BrowserContext
  page: Page
  /** An address of its own on a blog that is not the product's. */
  subject: Subject
  /** Puts an article at that address and goes there; the two lines of the embed stand in it unless told. */
  visit(content?: { body?: string; lang?: string; hash?: string }): Promise<void>
  close(): Promise<void>
}

const css = await readFile(join(root, 'widget/demo/blog.css'), 'utf8')
const title = 'Borrowed ground'
const text = 'Whoever builds on a base that others laid builds faster, and on their terms.'

/** A fresh screen on one's own blog. */
export async function sceneOf(
  { browser, product }: { browser: Browser; product: Product },
  name: string,
  { width = 760, height = 700, ...look }: Look = {},
): Promise<Scene> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width, height }, ...look })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  let server: Article | undefined
  const serve = async (body: string, lang: string) => {
    server?.close()
    server = await article({
      head: `<meta name="color-scheme" content="light dark"><style>${css} main { padding-block: 2rem }</style>`,
      lang,
      body: `<p>${text}</p><div class="feedback">${body}</div>`,
    })
    return server.url
  }
  const subject = { key: `/${name}`, url: `${await serve(snippet(product.url), 'en')}/${name}`, title }
  return {
    product,
    context,
    page,
    subject,
    async visit({ body = snippet(product.url), lang = 'en', hash = '' } = {}) {
      await page.goto(`${await serve(body, lang)}/${name}${hash && `#${hash}`}`)
      const thread = page.locator('hankyo-thread')
      if (!hash) await thread.evaluate((element) => element.scrollIntoView())
      await thread.locator('.list, .notice').first().waitFor({ state: 'attached' })
    },
    async close() {
      server?.close()
      await context.close()
    },
  }
}

/** The offer of one new comment, on a page whose clock is installed: time goes on until the thread has looked. */
export async function offerOn(page: Page): Promise<Locator> {
  const offer = page.getByRole('button', { name: '1 new comment' })
  await expect(async () => {
    await page.clock.runFor(30_000)
    await expect(offer).toBeVisible({ timeout: 1000 })
  }).toPass()
  return offer
}
