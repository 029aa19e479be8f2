import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { type Article, article, snippet } from './article.ts'
import { contrast } from './axe.ts'
import { converse, type Said } from './conversation.ts'
import { expect, type Product, test } from './fixtures.ts'

let servers: Article[] = []
test.afterEach(() => {
  for (const server of servers) server.close()
  servers = []
})

interface Scene {
  head?: string
  lang?: string
  attributes?: string
  said?: Said[]
}

/** A page of another origin with comments on it, opened at the last of them. */
async function open(page: Page, product: Product, { head = '', lang = 'en', attributes = '', said }: Scene) {
  const server = await article({ head, lang, body: snippet(product.url, attributes) })
  servers.push(server)
  const key = `/${randomUUID()}`
  const url = server.url + key
  const ids = await converse(product, { key, url }, said ?? [{ body: 'One', replies: [{ body: 'Two' }] }])
  await page.goto(`${url}#comment-${ids.at(-1)}`)
  await expect(page.getByRole('article').first()).toBeVisible()
  return ids
}

const composer = (page: Page) => page.getByRole('textbox', { name: 'Write a comment' })

/** Everything a reader may come to see: a report begun, a form with an error in it, a comment that waits. */
async function showAll(page: Page) {
  await composer(page).fill('Waits')
  await expect(page.getByLabel('Tell me of answers to it')).toBeVisible()
  await page.getByRole('textbox', { name: /^Name/ }).fill('Mika')
  await page.getByRole('button', { name: 'Send for approval' }).click()
  await expect(page.getByText('Waiting for approval · only you see this')).toBeVisible()
  await page.getByRole('button', { name: 'More…' }).first().click()
  await page.getByRole('button', { name: 'Report' }).click()
  await composer(page).fill('`code`')
  await page.getByRole('button', { name: 'Preview' }).click()
  // It pushes the button below it away when it comes.
  await expect(page.getByRole('region', { name: 'Preview' }).locator('code')).toBeVisible()
  await page.getByRole('textbox', { name: /^Name/ }).fill('')
  await page.getByRole('button', { name: 'Send for approval' }).click()
  await expect(page.getByText('Please fill this in.')).toBeVisible()
}

test.describe('Whatever is written in it, a thread stays in its column', () => {
  const zalgo =
    'Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f'.repeat(8)
  const said: Said[] = [
    // As many marks as a name may have on a letter.
    { name: 'Z\u0351\u036b\u0343\u036a'.repeat(18), body: zalgo.repeat(20) },
    { name: 'W'.repeat(100), body: 'W'.repeat(8_000) },
    { body: `${'> '.repeat(40)}deep\n\n${'> '.repeat(7)}seven\n\n${'- '.repeat(6)}six` },
    {
      body: `\`\`\`\n${'wide code '.repeat(200)}\n\`\`\`\n\n\`${'x'.repeat(500)}\`\n\nhttps://example.com/${'y'.repeat(900)}`,
    },
    { name: '\u202eevitcefni', body: 'שלום \u202e reversed \u2066 and\n\nمرحبا بالعالم **bold** 123' },
    {
      body: '１２３'.repeat(400),
      replies: [
        {
          body: 'W'.repeat(600),
          replies: [
            { body: 'W'.repeat(600), replies: [{ body: 'W'.repeat(600), replies: [{ body: 'W' }] }] },
          ],
        },
      ],
    },
  ]
  for (const [lang, direction] of [
    ['en', 'ltr'],
    ['ar', 'rtl'],
  ] as const)
    test(`240, 360 and 1,200 pixels wide, ${direction}`, async ({ page, product }) => {
      test.slow()
      await page.setViewportSize({ width: 1200, height: 800 })
      await open(page, product, {
        lang,
        said,
        head: `<script>document.documentElement.dir = '${direction}'</script><style>body { margin: 0 }</style>`,
      })
      for (const width of [240, 360, 1200]) {
        await page.setViewportSize({ width, height: 800 })
        const outside = await page.locator('hankyo-thread').evaluate((thread) => {
          const column = thread.getBoundingClientRect()
          const all = [...(thread.shadowRoot?.querySelectorAll('article, article *, form, form *') ?? [])]
          const out = all.filter((element) => {
            // What is clipped is not seen, nor what is hidden from eyes.
            if (element.closest('.text *, .hidden')) return false
            const box = element.getBoundingClientRect()
            return box.width > 0 && (box.left < column.left - 1 || box.right > column.right + 1)
          })
          return out.map(({ className, localName }) => `${localName}.${className}`)
        })
        expect(outside, `${width}`).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
        const narrowest = await page
          .locator('.text')
          .evaluateAll((texts) => Math.min(...texts.map((text) => text.getBoundingClientRect().width)))
        expect(narrowest, `${width}`).toBeGreaterThan(width / 3)
      }
    })
})

test('From right to left, discs and indentation are on the right', async ({ page, product }) => {
  const [root, reply] = await open(page, product, {
    lang: 'ar',
    head: `<script>document.documentElement.dir = 'rtl'</script>`,
  })
  const boxes = (id: string | undefined) =>
    page.locator(`#comment-${id}`).evaluate((comment) => {
      const box = (selector: string) =>
        (comment.querySelector(selector) as HTMLElement).getBoundingClientRect()
      return {
        disc: box('.disc').right,
        text: box('.text').right,
        name: box('bdi').right,
        actions: box('button').right,
      }
    })
  const [first, second] = [await boxes(root), await boxes(reply)]
  expect(first.disc).toBeGreaterThan(first.text)
  expect(first.name).toBeCloseTo(first.text, 0)
  expect(first.actions).toBeCloseTo(first.text, 0)
  expect(second.disc).toBeLessThan(first.disc)
})

test.describe('Colours', () => {
  const pages = {
    'of a page that sets none': ':root { color-scheme: light dark; background: Canvas; color: CanvasText }',
    'of a cream page with brown text': 'body { background: #f6f0e1; color: #3a3024 }',
    'of a night page': ':root { color-scheme: dark } body { background: #16181b; color: #e4e2dd }',
  }
  for (const [name, style] of Object.entries(pages))
    test(`${name} have contrast, whether the reader prefers light or dark`, async ({ page, product }) => {
      await open(page, product, { head: `<style>${style}</style>` })
      await showAll(page)
      for (const colorScheme of ['light', 'dark'] as const)
        await test.step(colorScheme, async () => {
          await page.emulateMedia({ colorScheme })
          const { faults, unsure } = await contrast(page, 'hankyo-thread')
          expect(faults, colorScheme).toEqual([])
          expect(unsure, colorScheme).not.toContainEqual(expect.stringContaining('quiet'))
        })
    })

  for (const theme of ['light', 'dark'])
    test(`that are told to be ${theme} have contrast on any page`, async ({ page, product }) => {
      const own = theme === 'light' ? 'background: #111; color: #eee' : 'background: #fff; color: #111'
      await open(page, product, { head: `<style>body { ${own} }</style>`, attributes: `theme="${theme}"` })
      await showAll(page)
      expect((await contrast(page, 'hankyo-thread')).faults).toEqual([])
    })

  test('are those of the custom properties, and so are type, corners and room', async ({ page, product }) => {
    const style = `hankyo-thread { --hankyo-accent: #ffd400; --hankyo-ink: #00f; --hankyo-quiet: #060; --hankyo-line: #f0f;
      --hankyo-wash: #0ff; --hankyo-warn: #840; --hankyo-bad: #a00; --hankyo-font: monospace; --hankyo-size: 21px;
      --hankyo-line-height: 2; --hankyo-radius: 3px; --hankyo-space: 20px }
      hankyo-thread::part(name) { letter-spacing: 3px }`
    await open(page, product, { head: `<style>${style}</style>` })
    await showAll(page)
    const look = (selector: string, property: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property)
    expect(await look('.text', 'color')).toBe('rgb(0, 0, 255)')
    expect(await look('.text', 'font-family')).toBe('monospace')
    expect(await look('.text', 'font-size')).toBe('21px')
    expect(await look('.text', 'line-height')).toBe('42px')
    expect(await look('time', 'color')).toBe('rgb(0, 102, 0)')
    expect(await look('.list .list', 'border-top-color')).toBe('rgb(255, 0, 255)')
    expect(await look('.linked', 'background-color')).toBe('rgb(0, 255, 255)')
    expect(await look('.state', 'color')).toBe('rgb(136, 68, 0)')
    expect(await look('[aria-invalid=true]', 'border-top-color')).toBe('rgb(170, 0, 0)')
    expect(await look('textarea', 'border-top-left-radius')).toBe('3px')
    expect(await look('textarea', 'padding-left')).toBe('20px')
    expect(await look('.send', 'background-color')).toBe('rgb(255, 212, 0)')
    // Its words are dark on a light accent, and light on a dark one.
    expect(await look('.send span', 'color')).toBe('color(xyz-d65 0 0 0)')
    expect(await look('h3', 'letter-spacing')).toBe('3px')
  })

  test('that the system forces leave buttons, fields, focus and the linked comment to be seen', async ({
    page,
    product,
  }) => {
    await page.emulateMedia({ forcedColors: 'active' })
    await open(page, product, {})
    await composer(page).focus()
    const look = (selector: string) =>
      page
        .locator(selector)
        .last()
        .evaluate((element) => {
          const { borderTopStyle, borderTopColor, outlineStyle, outlineColor } = getComputedStyle(element)
          return { border: `${borderTopStyle} ${borderTopColor}`, outline: `${outlineStyle} ${outlineColor}` }
        })
    const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    expect((await look('.linked')).outline).toMatch(/^solid rgba?\((?!0, 0, 0, 0)/)
    for (const selector of ['.send', 'textarea']) {
      expect((await look(selector)).border).toMatch(/^solid rgba?\(/)
      expect((await look(selector)).border).not.toContain(ground)
    }
    expect((await look('textarea')).outline).toMatch(/^solid rgba?\(/)
  })
})

test('Fingers find targets of 44 pixels', async ({ browser, product }) => {
  const context = await browser.newContext({
    hasTouch: true,
    isMobile: true,
    viewport: { width: 390, height: 800 },
    locale: 'en-GB',
  })
  const page = await context.newPage()
  await open(page, product, {})
  await showAll(page)
  // What it looks like does not depend on what else came since.
  await expect(page.getByLabel('Tell me of answers to it')).toHaveCSS('inline-size', '16px')
  const small = await page
    .locator(
      'button, label:has([type=radio], [type=checkbox]), input:not([type=radio], [type=checkbox], .hidden), textarea',
    )
    .evaluateAll((targets) =>
      targets
        .map(
          (target) =>
            [target.textContent || target.localName, target.getBoundingClientRect().height] as const,
        )
        .filter(([, height]) => height < 44),
    )
  expect(small).toEqual([])
  await context.close()
})

test('Nothing moves where readers ask for stillness', async ({ page, product }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await open(page, product, {})
  await showAll(page)
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .map((animation) => Number(animation.effect?.getComputedTiming().duration))
      .filter((duration) => duration > 0),
  )
  expect(moving).toEqual([])
})
