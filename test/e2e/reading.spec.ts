import type { Page } from '@playwright/test'
import { offerOn, sceneOf } from '../screenshots/scene.ts'
import { states } from '../screenshots/thread.ts'
import { converse, crowd, decide, post } from './conversation.ts'
import { expect, test } from './fixtures.ts'

const talk = [
  { name: 'Ines', body: 'One', replies: [{ name: 'Duarte', body: 'An answer' }] },
  { name: 'Hannah', body: 'Two' },
]

test('a link to a comment on the last of many pages goes there and marks it', async ({
  browser,
  product,
}) => {
  const scene = await sceneOf({ browser, product }, 'deep-link')
  const { page, subject } = scene
  await crowd(product, subject, 120)
  const id = await post(product, subject, { name: 'Last', body: 'The one that is meant' })
  await decide(product, [id], 'approve')
  await scene.visit({ hash: `comment-${id}` })
  const linked = page.locator(`#comment-${id}`)
  await expect(linked).toBeInViewport()
  await expect(linked).toBeFocused()
  await expect(linked).toHaveClass(/linked/)
  await expect(page.getByRole('button', { name: 'Previous comments' })).toBeAttached()
  await scene.close()
})

test('new comments are offered, and nothing moves until they are asked for', async ({ browser, product }) => {
  const scene = await sceneOf({ browser, product }, 'fresh')
  const { page, subject } = scene
  await converse(product, subject, talk)
  await page.clock.install()
  await scene.visit()
  await expect(page.getByRole('article')).toHaveCount(3)
  const boxes = () =>
    page.locator('hankyo-thread').evaluate((element) =>
      [...(element.shadowRoot?.querySelectorAll('article, form, .title') ?? [])].map((part) => {
        const { x, y, width, height } = part.getBoundingClientRect()
        return [x, y, width, height]
      }),
    )
  const before = await boxes()
  const id = await post(product, subject, { name: 'Elsewhere', body: 'While you read' })
  await decide(product, [id], 'approve')
  const offer = await offerOn(page)
  await expect(offer).toBeInViewport()
  expect(await boxes()).toEqual(before)
  await expect(page.getByText('While you read')).toHaveCount(0)
  await offer.click()
  await expect(page.locator(`#comment-${id}`)).toBeFocused()
  await expect(offer).toBeHidden()
  await expect(page.getByRole('heading', { name: '4 thoughts on' })).toBeVisible()
  await scene.close()
})

test('likes from two browsers add up, and one can be taken back', async ({ browser, product }) => {
  const one = await sceneOf({ browser, product }, 'likes')
  const [id] = await converse(product, one.subject, talk)
  await one.visit()
  const context = await browser.newContext({ locale: 'en-GB' })
  const other = await context.newPage()
  await other.goto(one.page.url())
  const like = (page: Page) => page.locator(`#comment-${id}`).getByRole('button', { name: /^Like/ })
  // The button shows it before the server has heard of it.
  const press = (page: Page) =>
    Promise.all([page.waitForResponse((answer) => answer.url().endsWith('/like')), like(page).click()])
  await press(one.page)
  await expect(like(one.page)).toHaveText('Like 1')
  await press(other)
  await expect(like(other)).toHaveText('Like 2')
  await one.page.reload()
  await expect(like(one.page)).toHaveText('Like 2')
  await expect(like(one.page)).toHaveAttribute('aria-pressed', 'true')
  await press(one.page)
  await expect(like(one.page)).toHaveText('Like 1')
  await other.reload()
  await expect(like(other)).toHaveText('Like 1')
  await context.close()
  await one.close()
})

test('what three readers report stands among the flagged with their reasons', async ({
  browser,
  context,
  product,
}) => {
  const scene = await sceneOf({ browser, product }, 'flags')
  const text = `Reported ${crypto.randomUUID()}`
  const [id] = await converse(product, scene.subject, [{ name: 'Rude', body: text }])
  await scene.visit()
  const address = scene.page.url()
  for (const reason of ['Insult or hate', 'Insult or hate', 'Off topic']) {
    const reader = await browser.newContext({ locale: 'en-GB' })
    const page = await reader.newPage()
    await page.goto(address)
    await page.locator(`#comment-${id}`).getByRole('button', { name: 'More…' }).click()
    await page.getByRole('button', { name: 'Report' }).click()
    await page.getByRole('radio', { name: reason }).check()
    await page.getByRole('button', { name: 'Send report' }).click()
    await expect(page.getByText('Thank you. Your report was sent.').first()).toBeVisible()
    await reader.close()
  }
  const desk = await context.newPage()
  await desk.goto(await product.dashboardLink())
  await expect(desk.getByRole('button', { name: /Sign out/ }).first()).toBeAttached()
  await desk.goto(`${product.url}/dashboard?tab=flagged&site=demo`)
  await expect(desk.getByRole('article').filter({ hasText: text })).toContainText('insult 2, off topic 1')
  await scene.close()
})

/** Parts of a thread that stand out of the screen, and by how much the page does. */
const outside = (page: Page) =>
  page.evaluate(() => {
    const root = document.querySelector('hankyo-thread')?.shadowRoot ?? document
    const parts = [...root.querySelectorAll('.thread *')].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect()
      return width > 1 && (left < -1 || right > innerWidth + 1)
    })
    const sideways = document.documentElement.scrollWidth - innerWidth
    return [...parts.map(({ outerHTML }) => outerHTML.slice(0, 80)), ...(sideways > 0 ? [sideways] : [])]
  })

test('at 200 % and 400 % zoom of 1,280 pixels nothing is cut or scrolls sideways', async ({
  browser,
  product,
}) => {
  const look = async (name: string) => {
    const scene = await sceneOf({ browser, product }, `zoom-${name}`, { width: 640, height: 512 })
    await states[name]?.(scene)
    const at200 = await outside(scene.page)
    await scene.page.setViewportSize({ width: 320, height: 256 })
    const found = [name, at200, await outside(scene.page)]
    await scene.close()
    return found
  }
  const names = ['thread', 'composer', 'preview', 'errors', 'appeal', 'report', 'arabic', 'plain', 'withdraw']
  const found: unknown[] = []
  for (let done = 0; done < names.length; done += 3)
    found.push(...(await Promise.all(names.slice(done, done + 3).map(look))))
  expect(found).toEqual(names.map((name) => [name, [], []]))
})
