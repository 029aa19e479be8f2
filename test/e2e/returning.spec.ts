import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { article, snippet } from './article.ts'
import { converse, crowd, decide, post } from './conversation.ts'
import { expect, type Product, test } from './fixtures.ts'

/** A page with a thread far below its start, and its address. */
async function pageOf(product: Product) {
  const server = await article({
    body: `<div style="height: 3000px"></div>${snippet(product.url)}<footer>Footer</footer>`,
  })
  const key = `/${randomUUID()}`
  return { server, subject: { key, url: server.url + key } }
}

test('what came while a page stood still is offered, though it did so before all of the thread was loaded', async ({
  page,
  product,
}) => {
  const { server, subject } = await pageOf(product)
  await converse(product, subject, [{ body: 'There from the start' }])
  // As it is with a page that was left at once, kept by the browser, and returned to: what is put off comes later.
  await page.addInitScript(() => {
    const wait = globalThis.setTimeout
    const waitLonger = (act: TimerHandler, delay = 0, ...rest: unknown[]) =>
      wait(act, delay < 1000 ? delay : delay + 6000, ...rest)
    Object.assign(globalThis, { setTimeout: waitLonger })
  })
  await page.goto(subject.url)
  await page.locator('hankyo-thread').scrollIntoViewIfNeeded()
  await expect(page.getByText('There from the start')).toBeVisible()
  const id = await post(product, subject, { body: 'While the page stood still' })
  await decide(product, [id], 'approve')
  await expect(page.getByRole('button', { name: '1 new comment' })).toBeVisible()
  server.close()
})

test('a reader who comes back, or loads the page anew, is where they were in the thread', async ({
  page,
  product,
}) => {
  const { server, subject } = await pageOf(product)
  await crowd(product, subject, 40)
  const comments = page.getByRole('article')
  const topmost = (page: Page) =>
    page.locator('hankyo-thread').evaluate((thread) => {
      const articles = [...(thread.shadowRoot?.querySelectorAll('article') ?? [])]
      const first = articles.find((element) => element.getBoundingClientRect().bottom > 0)
      return `${first?.textContent} ${Math.round(first?.getBoundingClientRect().top ?? 0)}`
    })
  await page.goto(subject.url)
  await page.locator('hankyo-thread').scrollIntoViewIfNeeded()
  await expect(comments).toHaveCount(40)
  await comments.nth(30).scrollIntoViewIfNeeded()
  // What a reader does near a thread is loaded when they are near.
  const ready = page.waitForResponse((answer) => answer.url().endsWith('/reactions.js'))
  await comments.nth(30).hover()
  await ready
  const before = await topmost(page)
  for (const goAway of [() => page.reload(), () => page.goto(product.url).then(() => page.goBack())]) {
    await goAway()
    await expect(comments).toHaveCount(40)
    await expect.poll(() => topmost(page)).toBe(before)
  }
  server.close()
})
