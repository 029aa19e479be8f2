import { randomUUID } from 'node:crypto'
import { type Scene, sceneOf } from '../screenshots/scene.ts'
import { article, snippet } from './article.ts'
import { converse, crowd, decide } from './conversation.ts'
import { expect, type Product, test } from './fixtures.ts'

const talk = [
  { name: 'Ines', body: 'One **bold** word', replies: [{ name: 'Duarte', body: 'An answer' }] },
  { name: 'Hannah', body: 'Two' },
]

const plainPage = ({ product, subject }: Scene) =>
  `${product.url}/t/demo?${new URLSearchParams({ key: subject.key, lang: 'en' })}`

/** The element as the worker serves it, for the place where the snippet has an empty one. */
async function served({ product, subject }: Scene): Promise<string> {
  const query = new URLSearchParams({ key: subject.key, lang: 'en' })
  const html = await (await fetch(`${product.url}/v1/sites/demo/thread.html?${query}`)).text()
  return snippet(product.url).replace(/<hankyo-thread.*<\/hankyo-thread>/, () => html)
}

/** The id of the newest comment with this text. */
async function idOf(product: Product, text: string) {
  const answer = await product.api('GET', `queue?tab=all&q=${encodeURIComponent(text)}`)
  return ((await answer.json()) as { items: { id: string }[] }).items[0]?.id
}

test.describe('A reader without JavaScript', () => {
  const look = { javaScriptEnabled: false }

  test('reads, sorts and turns pages', async ({ browser, product }) => {
    const scene = await sceneOf({ browser, product }, 'plain-reading', look)
    const { page, subject } = scene
    await crowd(product, subject, 52)
    await page.goto(plainPage(scene))
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('52 thoughts on “Borrowed ground”')
    const articles = page.getByRole('article')
    await expect(articles).toHaveCount(50)
    // By the keyboard: what is drawn on the way down moves the button between press and release of a mouse that leaps.
    await page.getByRole('button', { name: 'More comments' }).press('Enter')
    await expect(articles).toHaveCount(2)
    const last = (await articles.last().getAttribute('id')) as string
    await page.getByRole('button', { name: 'Previous comments' }).click()
    await expect(articles).toHaveCount(50)
    await page.getByRole('button', { name: 'Newest' }).click()
    await expect(articles.first()).toHaveAttribute('id', last)
    await scene.close()
  })

  test('comes from the heading to the form', async ({ browser, product }) => {
    const scene = await sceneOf({ browser, product }, 'plain-way', look)
    const { page, subject } = scene
    await crowd(product, subject, 12)
    await page.goto(plainPage(scene))
    const body = page.getByRole('textbox', { name: 'Write a comment' })
    await expect(body).not.toBeInViewport()
    await page.getByRole('link', { name: 'Write a comment' }).click()
    await expect(body).toBeInViewport()
    await expect(body).toBeFocused()
    await scene.close()
  })

  test('replies by a form that keeps the text, and follows what becomes of it', async ({
    browser,
    product,
  }) => {
    const scene = await sceneOf({ browser, product }, 'plain-writing', look)
    const { page, subject } = scene
    await converse(product, subject, talk)
    await page.goto(plainPage(scene))
    await page.getByRole('button', { name: 'Reply to Ines' }).click()
    const text = `By a form ${randomUUID()}`
    const body = page.getByRole('textbox', { name: 'Reply to Ines' })
    await body.fill(text)
    await page.getByRole('button', { name: 'Send for approval' }).click()
    await expect(body).toHaveValue(text)
    const name = page.getByRole('textbox', { name: 'Name', exact: true })
    await expect(name).toHaveAttribute('aria-invalid', 'true')
    await expect(name).toHaveAccessibleDescription('Please fill this in.')
    await name.fill('Mika')
    await page.getByRole('button', { name: 'Send for approval' }).click()
    await expect(page.getByRole('status').first()).toHaveText('Your comment was received.')
    await page.getByRole('button', { name: 'Check now' }).click()
    const own = page.getByRole('article').filter({ hasText: text })
    await expect(own).toContainText('Waiting for approval')
    const id = (await idOf(product, text)) as string
    await decide(product, [id], 'approve')
    await page.reload()
    await expect(own).not.toContainText('Waiting for approval')
    await page.goto(plainPage(scene))
    await expect(own).toHaveCount(1)
    await scene.close()
  })

  test('opens an empty thread from its article and writes the first comment', async ({
    browser,
    product,
  }) => {
    const scene = await sceneOf({ browser, product }, 'plain-first', look)
    const { page } = scene
    await page.goto(scene.subject.url)
    await page.setContent(`<a href="${plainPage(scene)}">Comments</a>`)
    await page.getByRole('link', { name: 'Comments' }).click()
    const text = `The first ${randomUUID()}`
    await page.getByRole('textbox', { name: 'Write a comment' }).fill(text)
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Mika')
    await page.getByRole('button', { name: 'Send for approval' }).click()
    await expect(page.getByRole('status').first()).toHaveText('Your comment was received.')
    expect(await idOf(product, text)).toBeTruthy()
    await scene.close()
  })

  test('is told in words what went wrong, and has their text back', async ({ browser, product }) => {
    const scene = await sceneOf({ browser, product }, 'plain-refused', { ...look, width: 360 })
    const { page } = scene
    const text = `Kept ${randomUUID()}`
    await page.setContent(
      `<form method="post" action="${product.url}/t/demo"><input name="key" value="/x"><input name="lang" value="en"><textarea name="body">${text}</textarea><button>Send</button></form>`,
    )
    await page.getByRole('button', { name: 'Send' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'This page’s address is not registered for the site.',
    )
    await expect(page.getByRole('textbox', { name: 'What you wrote' })).toHaveValue(text)
    await page.getByRole('link', { name: 'To the comments' }).click()
    await expect(page.getByRole('textbox', { name: 'Write a comment' })).toBeVisible()
    await page.goto(`${product.url}/t/none`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such site.')
    await scene.close()
  })

  test('finds a thread’s own page within its own policy, whatever it is called', async ({
    browser,
    product,
  }) => {
    const scene = await sceneOf({ browser, product }, 'plain-policy', { ...look, width: 360 })
    const { page, subject } = scene
    await converse(product, subject, talk)
    const said: string[] = []
    page.on('console', (message) => said.push(message.text()))
    await page.goto(plainPage(scene))
    const disc = page.locator('.disc').first()
    await expect(disc).toHaveCSS('background-color', /^oklch\(0\.48 0\.08 /)
    await page.goto(`${product.url}/t/demo?lang=en&key=/${'Long'.repeat(100)}`)
    const { width } = (await page.getByRole('heading', { level: 1 }).boundingBox()) ?? { width: 0 }
    expect(width).toBeLessThanOrEqual(360)
    expect(said).toEqual([])
    await scene.close()
  })

  test('reads the thread that came with its article', async ({ browser, product }) => {
    const scene = await sceneOf({ browser, product }, 'served-plain', look)
    const { page, subject } = scene
    await converse(product, subject, talk)
    await scene.visit({ body: await served(scene) })
    await expect(page.getByRole('heading', { name: '3 thoughts on “Borrowed ground”' })).toBeVisible()
    await expect(page.getByRole('article')).toHaveCount(3)
    await page.getByRole('link', { name: 'Write a comment on the thread’s own page' }).click()
    await expect(page.getByRole('textbox', { name: 'Write a comment' })).toBeVisible()
    await scene.close()
  })
})

test('a thread that came with its article goes on by script, asks for nothing and moves nothing', async ({
  browser,
  product,
}) => {
  const scene = await sceneOf({ browser, product }, 'served-scripted')
  const { page, subject, context } = scene
  await converse(product, subject, talk)
  await context.addInitScript(() => {
    const moves: number[] = []
    Object.assign(globalThis, { moves })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) moves.push((entry as unknown as { value: number }).value)
    }).observe({ type: 'layout-shift', buffered: true })
  })
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await scene.visit({ body: await served(scene) })
  await expect(page.getByRole('button', { name: 'More…' }).first()).toBeVisible()
  await expect(page.getByRole('article')).toHaveCount(3)
  expect(asked.filter((path) => path.startsWith('/v1/'))).toEqual([])
  expect(await page.evaluate(() => (globalThis as unknown as { moves: number[] }).moves)).toEqual([])
  await page.getByRole('button', { name: 'Reply to Hannah' }).click()
  await expect(page.getByRole('textbox', { name: 'Reply to Hannah' })).toBeFocused()
  await scene.close()
})

test('a thread that came with the nonce of its article’s policy has all its colours, before its script and after', async ({
  browser,
  product,
}) => {
  const scene = await sceneOf({ browser, product }, 'served-nonce')
  const { page, subject } = scene
  await converse(product, subject, talk)
  const nonce = randomUUID()
  const query = new URLSearchParams({ key: subject.key, lang: 'en', nonce })
  const html = await (await fetch(`${product.url}/v1/sites/demo/thread.html?${query}`)).text()
  const policy = `default-src 'none'; connect-src ${product.url}; script-src ${product.url}; style-src 'nonce-${nonce}'; require-trusted-types-for 'script'`
  const discs = page.locator('.disc')
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  for (const script of ['', `<script type="module" src="${product.url}/embed.js"></script>`]) {
    const headers = { 'content-security-policy': policy }
    const server = await article({ body: html + script, headers })
    await page.goto(`${server.url}${subject.key}`)
    if (script) await expect(page.getByRole('button', { name: 'More…' }).first()).toBeVisible()
    await expect(discs).toHaveCount(3)
    for (const disc of await discs.all())
      await expect(disc).toHaveCSS('background-color', /^oklch\(0\.48 0\.08 /)
    server.close()
  }
  expect(said).toEqual([])
  await scene.close()
})
