import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import type { QueuePage } from '../../worker/contract/queue.ts'
import { type Article, article, snippet } from './article.ts'
import { converse } from './conversation.ts'
import { expect, type Product, test } from './fixtures.ts'

let served: Article | undefined
test.afterEach(() => served?.close())

/** A page whose thread takes its name from the address, where it has comments of its own, and another page's path. */
async function open(page: Page, product: Product, { at = '', head = '', body = snippet(product.url) } = {}) {
  served = await article({ head, body })
  const name = `/${randomUUID()}`
  const first = name + at
  await page.goto(served.url + first)
  await expect(composer(page)).toHaveCount(1)
  return { first, second: `${name}-second`, url: served.url }
}

const composer = (page: Page) => page.getByRole('textbox', { name: 'Write a comment' })

/** Says something on a page, as its readers see it. */
const said = (product: Product, url: string, key: string, body: string) =>
  converse(product, { key, url: url + key }, [{ body }])

async function write(page: Page, text: string) {
  await composer(page).fill(text)
  await page.getByRole('textbox', { name: /^Name/ }).fill('Mika')
  await page.getByRole('button', { name: 'Send for approval' }).click()
  await expect(page.getByText('Waiting for approval · only you see this')).toBeVisible()
}

/** What moderators see of a comment's thread. */
async function threadOf(product: Product, text: string) {
  const { items } = (await (await product.api('GET', 'queue?tab=all&limit=100')).json()) as QueuePage
  return items.find(({ body }) => body === text)?.thread
}

/** The page becomes another, as a router makes it: the element stays. */
const turn = (page: Page, to: string, title: string) =>
  page.evaluate(
    ([to, title]) => {
      history.pushState({}, '', to)
      document.title = title as string
    },
    [to, title],
  )

test.describe('A thread belongs to the page it stands on', () => {
  test('when a router turns the page under it, and back', async ({ page, product }) => {
    const { first, second, url } = await open(page, product)
    await said(product, url, second, 'Said on the second page')
    await composer(page).fill('Begun on the first page')
    await turn(page, second, 'The second page')
    await expect(page.getByText('Said on the second page')).toBeVisible()
    await expect(page.getByRole('heading', { level: 2 })).toHaveText('One thought on “The second page”')
    await expect(composer(page)).toHaveValue('')
    const text = `Meant for the second page ${randomUUID()}`
    await write(page, text)
    expect(await threadOf(product, text)).toMatchObject({ key: second })

    await page.goBack()
    await expect(page.getByText('Said on the second page')).toHaveCount(0)
    await expect(composer(page)).toHaveValue('Begun on the first page')
    expect(new URL(page.url()).pathname).toBe(first)
  })

  test('when the DOM is swapped before the address', async ({ page, product }) => {
    const { second, url } = await open(page, product)
    await said(product, url, second, 'Said on the second page')
    await page.evaluate(() => {
      const old = document.querySelector('hankyo-thread')
      old?.replaceWith(old.cloneNode())
    })
    await expect(composer(page)).toHaveCount(1)
    await turn(page, second, 'The second page')
    await expect(page.getByText('Said on the second page')).toBeVisible()
  })

  test('when the path is in the fragment', async ({ page, product }) => {
    await open(page, product, { at: '#/guide' })
    const [guide, deploy] = [`On the guide ${randomUUID()}`, `On deploying ${randomUUID()}`]
    await write(page, guide)
    await page.evaluate(() => {
      location.hash = '#!/deploy'
    })
    await expect(page.getByText(guide)).toHaveCount(0)
    await write(page, deploy)
    const keys = [await threadOf(product, guide), await threadOf(product, deploy)].map((one) => one?.key)
    expect(keys).toEqual([expect.stringMatching(/#\/guide$/), expect.stringMatching(/#\/deploy$/)])
  })

  test('and not when only a tracking parameter goes', async ({ page, product }) => {
    const { first } = await open(page, product, { at: '?utm_source=news' })
    await composer(page).fill('Being written')
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await turn(page, first.replace('?utm_source=news', ''), 'Borrowed ground, renamed')
    const text = `Written ${randomUUID()}`
    await expect(composer(page)).toHaveValue('Being written')
    await write(page, text)
    expect(await threadOf(product, text)).toMatchObject({ title: 'Borrowed ground, renamed' })
    expect(asked.filter((address) => address.includes('/thread?'))).toEqual([])
  })

  test('though a theme calls every page the home page, and says so', async ({ page, product }) => {
    const warnings: string[] = []
    page.on('console', (message) => warnings.push(message.text()))
    const { first } = await open(page, product, { head: '<link rel="canonical" href="/">' })
    const text = `Of one page ${randomUUID()}`
    await write(page, text)
    expect((await threadOf(product, text))?.key).toBe(first)
    // It is said by what is loaded later, and in nobody's way.
    await expect.poll(() => warnings.filter((warning) => warning.includes('canonical link'))).toHaveLength(1)
  })
})

test('Count badges that come with a later page are filled', async ({ page, product }) => {
  const { second, url } = await open(page, product)
  await said(product, url, second, 'One comment')
  await page.evaluate((key) => {
    const badge = document.createElement('b')
    badge.dataset.hankyoCount = key
    document.body.append(badge)
  }, second)
  await expect(page.locator('b')).toHaveText('1')
})
