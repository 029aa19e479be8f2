import { randomUUID } from 'node:crypto'
import type { Locator, Page } from '@playwright/test'
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

/** Comes near with the pointer, until what a reader does there is loaded: once the page is followed. */
async function near(page: Page, place: Locator) {
  let loaded = false
  page.on('response', (answer) => {
    loaded ||= answer.url().endsWith('/returning.js')
  })
  await expect(async () => {
    await page.mouse.move(0, 0)
    await place.hover()
    await expect.poll(() => loaded, { timeout: 1000 }).toBe(true)
  }).toPass()
}

/** The first comment that is seen, and where it begins on the screen. */
const topmost = (page: Page) =>
  page.locator('hankyo-thread').evaluate((thread) => {
    const articles = [...(thread.shadowRoot?.querySelectorAll('article') ?? [])]
    const first = articles.find((element) => element.getBoundingClientRect().bottom > 0)
    return { text: first?.textContent, top: first?.getBoundingClientRect().top ?? 0 }
  })

/** Turns the wheel, and waits until the page has moved: a browser takes the turn after it was told of it. */
async function wheel(page: Page, down: number) {
  const from = await page.evaluate(() => scrollY)
  await page.mouse.wheel(0, down)
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(from + down)
}

/** Waits until the same comment begins there, within a pixel and a half: browsers scroll by whole ones. */
const expectAt = (page: Page, { text, top }: Awaited<ReturnType<typeof topmost>>) =>
  expect(async () => {
    const now = await topmost(page)
    expect(now.text).toBe(text)
    expect(Math.abs(now.top - top)).toBeLessThan(1.5)
  }).toPass({ timeout: 10_000 })

test('a reader who comes back, or loads the page anew, is where they were in the thread', async ({
  page,
  product,
}) => {
  const { server, subject } = await pageOf(product)
  await crowd(product, subject, 40)
  const comments = page.getByRole('article')
  await page.goto(subject.url)
  await page.locator('hankyo-thread').scrollIntoViewIfNeeded()
  await expect(comments).toHaveCount(40)
  await comments.nth(30).scrollIntoViewIfNeeded()
  await near(page, comments.nth(30))
  const before = await topmost(page)
  for (const goAway of [() => page.reload(), () => page.goto(product.url).then(() => page.goBack())]) {
    await goAway()
    await expect(comments).toHaveCount(40)
    await expectAt(page, before)
  }
  server.close()
})

test('a reader who was at a comment of a later page is there again, though it is not loaded at first', async ({
  page,
  product,
}) => {
  const { server, subject } = await pageOf(product)
  await crowd(product, subject, 70)
  const comments = page.getByRole('article')
  await page.goto(subject.url)
  await page.locator('hankyo-thread').scrollIntoViewIfNeeded()
  await expect(comments).toHaveCount(50)
  const more = page.getByRole('button', { name: 'More comments' })
  await near(page, more)
  await more.click()
  await expect(comments).toHaveCount(70)
  await comments.nth(62).evaluate((element) => element.scrollIntoView())
  await wheel(page, 30)
  const before = await topmost(page)
  for (const goAway of [() => page.reload(), () => page.goto(product.url).then(() => page.goBack())]) {
    await goAway()
    await expectAt(page, before)
  }
  server.close()
})
