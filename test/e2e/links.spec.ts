import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { type Article, article, snippet } from './article.ts'
import { converse, crowd, decide, post, type Said } from './conversation.ts'
import { expect, type Product, test } from './fixtures.ts'

let served: Article | undefined
test.afterEach(() => served?.close())

const tall = '<div style="height: 3000px"></div>'

interface Scene {
  said: Said[] | number
  head?: string
  before?: string
  attributes?: string
}

/** A page with comments far below its start; their ids, and the page's address. */
async function write(product: Product, { said, head = '', before = tall, attributes = '' }: Scene) {
  served = await article({
    head,
    body: `<a id="jump" href="#comments">Comments</a>${before}<h2 id="comments">Comments</h2>
      ${snippet(product.url, attributes)}<footer>${'<p>Footer</p>'.repeat(20)}</footer>`,
  })
  const key = `/${randomUUID()}`
  const subject = { key, url: served.url + key }
  const ids =
    typeof said === 'number' ? await crowd(product, subject, said) : await converse(product, subject, said)
  return { ids, subject, url: subject.url }
}

const comment = (page: Page, id?: string) => page.locator(`#comment-${id}`)

/** Follows a link within the page, as a click on it does. */
const follow = (page: Page, hash: string) =>
  page.evaluate((href) => Object.assign(document.createElement('a'), { href }).click(), hash)

/** Where a comment begins and ends, as parts of the screen's height. */
const place = async (page: Page, id?: string) => {
  const box = await comment(page, id).boundingBox()
  const height = page.viewportSize()?.height ?? 1
  return { from: (box?.y ?? -1) / height, to: ((box?.y ?? 0) + (box?.height ?? 0)) / height }
}

test.describe('A link to a comment', () => {
  test('goes there before the thread is near, onto a later page of it, and a second time', async ({
    page,
    product,
  }) => {
    const { url, subject } = await write(product, { said: 60 })
    const id = await post(product, subject, { body: 'The last of all' })
    await decide(product, [id], 'approve')
    await page.goto(url)
    await follow(page, `#comment-${id}`)
    await expect(comment(page, id)).toBeFocused()
    for (const _ of ['a second time', 'a third']) {
      await expect.poll(async () => (await place(page, id)).from).toBeGreaterThan(0.2)
      expect((await place(page, id)).to).toBeLessThan(0.8)
      await page.evaluate(() => scrollTo(0, 0))
      await follow(page, `#comment-${id}`)
    }
  })

  test('shows the author of one that is taller than the screen, below a header that stays', async ({
    page,
    product,
  }) => {
    const { url, ids } = await write(product, {
      said: [{ body: 'One' }, { body: 'Line after line.\n\n'.repeat(200) }, { body: 'Three' }],
      head: `<style>#head { position: fixed; inset: 0 0 auto; height: 90px; background: #fff }
        hankyo-thread { --hankyo-scroll-margin: 100px }</style>`,
      before: `<div id="head"></div>${tall}`,
    })
    await page.goto(`${url}#comment-${ids[1]}`)
    await expect(comment(page, ids[1])).toBeFocused()
    await expect.poll(async () => Math.round((await comment(page, ids[1]).boundingBox())?.y ?? -1)).toBe(100)
  })

  test('that the comment’s time is stays on the page under another base', async ({ page, product }) => {
    const { url, ids } = await write(product, { said: [{ body: 'One' }], head: '<base href="/">' })
    await page.goto(`${url}#comment-${ids[0]}`)
    await comment(page, ids[0]).getByRole('link').click()
    await expect(comment(page, ids[0])).toBeFocused()
    expect(page.url()).toBe(`${url}#comment-${ids[0]}`)
  })
})

test('“Jump to comments” stays at the heading while the comments come', async ({ page, product }) => {
  const { url } = await write(product, { said: 60 })
  await page.goto(url)
  await page.locator('#jump').click()
  await expect(page.getByRole('textbox', { name: 'Write a comment' })).toBeAttached()
  const heading = page.locator('#comments')
  await expect.poll(async () => Math.abs((await heading.boundingBox())?.y ?? 99)).toBeLessThan(40)
})

test('Printing prints the comments without buttons and forms, though nobody scrolled to them', async ({
  page,
  product,
}) => {
  const { url } = await write(product, { said: 30 })
  const watched = page.waitForResponse(/\/watch\.js$/)
  await page.goto(url)
  await watched
  await expect(page.getByRole('article')).toHaveCount(0)
  // The thread's own listener comes before: as a browser does that prints, it waits for nothing else.
  const drawn = () =>
    page.evaluate(async () => {
      dispatchEvent(new Event('beforeprint'))
      await Promise.resolve()
      return document.querySelector('hankyo-thread')?.shadowRoot?.querySelectorAll('article').length
    })
  await expect.poll(drawn).toBe(30)
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('article').last()).toBeVisible()
  await expect(page.locator('hankyo-thread').getByRole('button')).toHaveCount(0)
  await expect(page.getByRole('textbox')).toHaveCount(0)
})

test('A private link, copied below a comment of one’s own, brings it to another browser to be changed there', async ({
  browser,
  context,
  page,
  product,
}) => {
  const { url } = await write(product, { said: [{ body: 'Somebody else’s' }], before: '' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(url)
  await page.getByRole('textbox', { name: 'Write a comment' }).fill('Mine, from the desk')
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Mika')
  await page.getByRole('button', { name: 'Send for approval' }).click()
  const copy = page.getByRole('button', { name: 'Link for another device' })
  // It comes when the pointer comes near, once the page is followed.
  await expect(async () => {
    await page.mouse.move(0, 0)
    await page.getByText('Mine, from the desk').hover()
    await expect(copy).toBeVisible({ timeout: 1000 })
  }).toPass()
  await copy.click()
  await expect(page.getByText('Link copied. Whoever has it').first()).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  const elsewhere = await browser.newContext({ locale: 'en-GB' })
  const other = await elsewhere.newPage()
  await other.goto(link)
  const mine = other.getByRole('article').filter({ hasText: 'Mine, from the desk' })
  await expect(mine.getByRole('button', { name: 'Edit' })).toBeVisible()
  expect(other.url()).toMatch(/#comment-[\w-]{36}$/)
  await elsewhere.close()
})

test('the form stays in view though it is gone to while a long thread is still being drawn', async ({
  page,
  product,
}) => {
  const { url } = await write(product, { said: 60, before: '' })
  // Pressed by what is no pointer and no key, as by a screen reader, and as soon as it is there.
  await page.addInitScript(() => {
    const look = () => {
      const root = document.querySelector('hankyo-thread')?.shadowRoot
      const button = [...(root?.querySelectorAll('header button') ?? [])].find(
        ({ textContent }) => textContent === 'Write a comment',
      )
      if (!button) return requestAnimationFrame(look)
      Object.assign(globalThis, { drawn: root?.querySelectorAll('article').length })
      ;(button as HTMLElement).click()
    }
    requestAnimationFrame(look)
  })
  await page.goto(url)
  const field = page.getByRole('textbox', { name: 'Write a comment' })
  await expect(field).toBeFocused()
  expect(await page.evaluate(() => (globalThis as { drawn?: number }).drawn)).toBeLessThan(50)
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: 'More comments' })).toBeVisible()
  await expect(field).toBeInViewport({ ratio: 1 })
  // It does not move any more in the frames that follow.
  const places = await field.evaluate(async (element) => {
    const tops = new Set<number>()
    for (let frames = 0; frames < 40; frames++) {
      await new Promise(requestAnimationFrame)
      tops.add(Math.round(element.getBoundingClientRect().top))
    }
    return tops.size
  })
  expect(places).toBe(1)
  await expect(field).toBeInViewport({ ratio: 1 })
})

test('the way to the form brings all of it into view, below many comments', async ({ page, product }) => {
  await page.goto(`${product.url}/demo/lively`)
  const thread = page.locator('hankyo-thread')
  const field = thread.getByRole('textbox', { name: 'Write a comment' })
  await expect(field).toBeAttached()
  await thread.getByRole('button', { name: 'Write a comment' }).click()
  await expect(field).toBeFocused()
  await expect(field).toBeInViewport({ ratio: 1 })
})
