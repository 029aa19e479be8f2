import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { type Article, article } from './article.ts'
import { expect, type Product, test } from './fixtures.ts'

let servers: Article[] = []
test.afterEach(() => {
  for (const server of servers) server.close()
  servers = []
})

/** A page of another origin with a path of its own. */
async function open(page: Page, content: Parameters<typeof article>[0]) {
  const server = await article(content)
  servers.push(server)
  const path = `/${randomUUID()}`
  await page.goto(server.url + path)
  return { ...server, path }
}

const script = ({ url }: Product, more = '') =>
  `<script type="module" ${more} src="${url}/embed.js"></script>`
const element = (attributes = '') => `<hankyo-thread site="demo" ${attributes}></hankyo-thread>`
const composer = (page: Page) => page.getByRole('textbox', { name: 'Write a comment' })
const empty = (page: Page) => page.getByText('No comments yet. Yours can be the first.')
const waiting = (page: Page) => page.getByText('Waiting for approval · only you see this')

async function write(page: Page, text: string) {
  await composer(page).fill(text)
  await page.getByRole('textbox', { name: /^Name/ }).fill('Mika')
  await page.getByRole('button', { name: 'Send for approval' }).click()
}

test.describe('The script', () => {
  const places = {
    'in the head': (product: Product) => ({ head: script(product), body: element() }),
    'in the head, async': (product: Product) => ({ head: script(product, 'async'), body: element() }),
    'before the thread': (product: Product) => ({ body: script(product) + element() }),
    'after the thread': (product: Product) => ({ body: element() + script(product) }),
    'on the page twice': (product: Product) => ({ body: script(product) + element() + script(product) }),
    'stripped of its attributes': ({ url }: Product) => ({
      body: `<script src="${url}/embed.js"></script>${element()}`,
    }),
    'put in by another, when the page is all there': ({ url }: Product) => ({
      body: `${element()}<script>addEventListener('load', () => {
        document.head.append(Object.assign(document.createElement('script'), { type: 'module', src: '${url}/embed.js' }))
      })</script>`,
    }),
  }
  test(`works ${Object.keys(places).join('; ')}`, async ({ page, product }) => {
    for (const [place, content] of Object.entries(places))
      await test.step(place, async () => {
        await open(page, content(product))
        await expect(composer(page)).toHaveCount(1)
        await expect(empty(page)).toBeVisible()
      })
  })

  test('under two addresses posts once and previews', async ({ page, product }) => {
    const other = script(product).replace('embed.js', 'embed.js?v=2')
    await open(page, { body: other + element() + script(product) })
    await write(page, `Twice ${randomUUID()}`)
    await expect(waiting(page)).toHaveCount(1)
  })
})

test.describe('An app that changes its page', () => {
  test('changes the thread with the key', async ({ page, product }) => {
    await open(page, { body: script(product) + element('key="/one"') })
    await write(page, `On one ${randomUUID()}`)
    await expect(waiting(page)).toBeVisible()
    await page.evaluate(() => {
      history.pushState(null, '', '/two')
      document.querySelector('hankyo-thread')?.setAttribute('key', '/two')
    })
    await expect(empty(page)).toBeVisible()
    await expect(waiting(page)).toBeHidden()
    await page.evaluate(() => document.querySelector('hankyo-thread')?.setAttribute('data-key', '/three'))
    await page.evaluate(() => document.querySelector('hankyo-thread')?.setAttribute('key', '/one'))
    await expect(waiting(page)).toBeVisible()
  })

  test('can take the thread away and bring it back, elsewhere too', async ({ page, product }) => {
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(String(error)))
    await open(page, { body: `${script(product)}<div id="old">${element()}</div><div id="new"></div>` })
    await expect(empty(page)).toBeVisible()
    await page.evaluate(() => {
      const thread = document.querySelector('hankyo-thread') as HTMLElement
      thread.remove()
      document.querySelector('#new')?.append(thread)
    })
    await write(page, `Moved ${randomUUID()}`)
    await expect(waiting(page)).toHaveCount(1)
    await page.evaluate(() => document.querySelector('hankyo-thread')?.remove())
    await page.evaluate(() => {
      document.body.append(Object.assign(document.createElement('hankyo-thread'), { id: 'made' }))
      document.querySelector('#made')?.setAttribute('data-key', '/made')
      document.querySelector('#made')?.setAttribute('site', 'demo')
    })
    await expect(empty(page)).toBeVisible()
    expect(errors).toEqual([])
  })

  test('changes language, order and heading of the thread it shows', async ({ page, product }) => {
    await open(page, { body: script(product) + element('key="/demo/en"') })
    const set = (name: string, value: string) =>
      page
        .locator('hankyo-thread')
        .evaluate((thread, [name, value]) => thread.setAttribute(name, value), [name, value] as const)
    await expect(page.getByRole('heading', { level: 2, name: /thoughts/ })).toBeVisible()
    await set('heading', '4')
    await expect(page.getByRole('heading', { level: 4, name: /thoughts/ })).toBeVisible()
    await set('sort', 'newest')
    await expect(page.getByRole('button', { name: 'Newest', pressed: true })).toBeVisible()
    await set('lang', 'ja')
    await expect(page.getByRole('textbox', { name: 'コメントを書く' })).toBeVisible()
    await set('theme', 'dark')
    const background = await page
      .locator('hankyo-thread')
      .evaluate((thread) => getComputedStyle(thread).backgroundColor)
    expect(background).not.toBe('rgba(0, 0, 0, 0)')
  })
})

test('Inside another shadow root it works, speaks the page’s language, and its events reach the page', async ({
  page,
  product,
}) => {
  await open(page, {
    lang: 'ja',
    head: `<script>seen = []
      for (const name of ['ready', 'posted', 'error'])
        document.addEventListener('hankyo:' + name, ({ type, detail, target }) => seen.push([type, target.id, detail.status]))
    </script>`,
    body: `${script(product)}<div id="outer"><template shadowrootmode="open">${element()}</template></div>`,
  })
  await page.getByRole('textbox', { name: 'コメントを書く' }).fill('影の中から')
  await page.getByRole('textbox', { name: /^名前/ }).fill('美香')
  await page.getByRole('button', { name: /承認/ }).click()
  await expect
    .poll(() => page.evaluate('seen'))
    .toEqual([
      ['hankyo:ready', 'outer', undefined],
      ['hankyo:posted', 'outer', 'pending'],
    ])
})

test.describe('A strict page', () => {
  const policy = ({ url }: Product) =>
    [
      "default-src 'none'",
      "script-src 'nonce-x' 'strict-dynamic'",
      "style-src 'self'",
      `connect-src ${url}`,
      "require-trusted-types-for 'script'",
      'report-uri /report',
    ].join('; ')

  test('reports nothing whatever a reader does', async ({ page, product }) => {
    const { reports } = await open(page, {
      headers: { 'content-security-policy': policy(product) },
      body: script(product, 'nonce="x"') + element('key="/demo/en"'),
    })
    const first = page.getByRole('article').first()
    await first.getByRole('button', { name: 'More…' }).click()
    await first.getByRole('button', { name: 'Report' }).click()
    await first.getByRole('radio', { name: 'Off topic' }).check()
    await first.getByRole('button', { name: 'Send report' }).click()
    await expect(first.getByText('Thank you. Your report was sent.')).toBeVisible()
    await first.getByRole('button', { name: 'Like' }).click()
    await expect(first.getByRole('button', { name: 'Like', pressed: true })).toBeVisible()
    await composer(page).fill('**Strict**')
    await page.getByRole('button', { name: 'Formatting' }).click()
    await page.getByRole('button', { name: 'Preview' }).click()
    await expect(page.getByRole('region', { name: 'Preview' }).locator('strong')).toHaveText('Strict')
    await page.getByRole('button', { name: 'Write', exact: true }).click()
    await composer(page).evaluate((field) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/html', '<p>and <em>pasted</em></p>')
      clipboardData.setData('text/plain', 'and pasted')
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    })
    await expect(composer(page)).toHaveValue(/and \*pasted\*/)
    await page.getByRole('textbox', { name: /^Name/ }).fill('Mika')
    await page.getByRole('button', { name: 'Send for approval' }).click()
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('textbox', { name: 'Edit your comment' }).fill('Strict again')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('Strict again')).toBeVisible()
    expect(reports).toEqual([])
  })
})

test.describe('A hostile page', () => {
  test('does not reach in by styles', async ({ page, product }) => {
    const head = `<style>* { all: revert !important }
      div, section, form, button, textarea, article { display: none !important }
      </style>`
    await open(page, {
      head,
      body: `<style>main { display: block !important }</style>${script(product)}${element()}`,
    })
    const box = await composer(page).boundingBox()
    expect(box?.width).toBeGreaterThan(200)
    expect(box?.height).toBeLessThan(200)
  })

  test('does not reach in by custom properties of the names that are used within', async ({
    page,
    product,
  }) => {
    const names = 'ink accent quiet line wash good warn bad radius space target disc hue light'.split(' ')
    const head = `<style>:root { ${names.map((name) => `--${name}: 0.4px`).join(';')} } body { color: #123456 }</style>`
    const look = () =>
      page.locator('hankyo-thread').evaluate((thread) =>
        [...(thread.shadowRoot?.querySelectorAll('.text, .disc, .quiet, .send span, textarea') ?? [])].map(
          (element) => {
            const { color, backgroundColor, borderRadius, blockSize } = getComputedStyle(element)
            return [element.className, color, backgroundColor, borderRadius, blockSize]
          },
        ),
      )
    const shown = async (head: string) => {
      await open(page, { head, body: script(product) + element('key="/demo/en"') })
      await expect(page.getByRole('article').first()).toBeVisible()
      // The form's styles come with what it takes to write.
      await composer(page).focus()
      await expect(page.getByRole('textbox', { name: /^Name/ })).toBeVisible()
      await expect(page.getByLabel('Tell me of answers to it')).toBeVisible()
      return look()
    }
    const before = await shown('<style>body { color: #123456 }</style>')
    expect(before.length).toBeGreaterThan(5)
    expect(await shown(head)).toEqual(before)
  })

  test('does not confuse it by what its elements are called', async ({ page, product }) => {
    const names = ['location', 'customElements', 'config', 'title', 'localStorage', 'currentScript', 'crypto']
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(String(error)))
    await open(page, {
      body: `<form name="attributes"><input name="site"></form>
        ${names.map((name) => `<form name="${name}"></form><img id="${name}" name="${name}">`).join('')}
        ${script(product)}${element()}`,
    })
    await write(page, `Clobbered ${randomUUID()}`)
    await expect(waiting(page)).toBeVisible()
    expect(errors).toEqual([])
  })
})

test.describe('Whoever embeds it wrongly', () => {
  const said = (page: Page) => {
    const lines: string[] = []
    page.on('console', (message) => message.type() === 'error' && lines.push(message.text()))
    return lines
  }

  test('is told of a site that is not there, by console and on their own machine in the thread', async ({
    page,
    product,
  }) => {
    const lines = said(page)
    const { url } = await open(page, { body: script(product) + element().replace('demo', 'nowhere') })
    await expect(page.getByText(`There is no site “nowhere” at ${product.url}.`)).toBeVisible()
    await expect(page.getByText(`site add nowhere --name "My site" --origin "${url}"`)).toBeVisible()
    expect(lines.join('\n')).toContain('There is no site “nowhere”')
    await page.locator('hankyo-thread').evaluate((thread) => thread.setAttribute('site', 'demo'))
    await expect(empty(page)).toBeVisible()
    await expect(page.getByText('There is no site')).toHaveCount(0)
  })

  test('is told where no site is named, and may say it as data-site', async ({ page, product }) => {
    await open(page, { body: script(product) + element().replace('site="demo"', 'loading="eager"') })
    await expect(page.getByText('<hankyo-thread> needs the attribute site.')).toBeVisible()
    await page.locator('hankyo-thread').evaluate((thread) => thread.setAttribute('data-site', ' demo '))
    await expect(empty(page)).toBeVisible()
  })

  test('is told of an origin that is not registered before anybody writes in vain', async ({
    page,
    product,
  }) => {
    const site = `site-${randomUUID().slice(0, 8)}`
    await product.api('POST', 'sites', { id: site, name: site, origins: ['https://elsewhere.example'] })
    const lines = said(page)
    const { url } = await open(page, { body: script(product) + element().replace('demo', site) })
    const command = `npm run --silent admin -- site set ${site} --origin "https://elsewhere.example" --origin "${url}"`
    await expect(page.getByText(command)).toBeVisible()
    expect(lines.join('\n')).toContain(command)
  })

  test('is told of a page without an origin, beside the thread that is read there', async ({
    page,
    product,
  }) => {
    const lines = said(page)
    const frame = page.frameLocator('iframe')
    const inner = await article({ body: script(product) + element() })
    servers.push(inner)
    await open(page, {
      body: `<iframe height="700" sandbox="allow-scripts allow-forms" src="${inner.url}/framed"></iframe>`,
    })
    await expect(frame.getByRole('note')).toContainText('This page has no origin')
    await expect(frame.locator('.thread')).toHaveCount(1)
    await expect(frame.getByRole('heading', { level: 2 })).toBeVisible()
    expect(lines.join('\n')).toContain('add allow-same-origin')
    await frame.getByRole('textbox', { name: 'Write a comment' }).fill('Kept')
    await frame.getByRole('textbox', { name: /^Name/ }).fill('Mika')
    await frame.getByRole('button', { name: 'Send for approval' }).click()
    await expect(frame.getByRole('textbox', { name: 'Write a comment' })).toHaveValue('Kept')
    await expect.poll(() => lines.join('\n')).toContain('null is not registered for this site')
    expect(lines.join('\n')).not.toContain(`${inner.url} is not`)
    expect(lines.join('\n')).not.toContain('does not name that origin')
  })

  test('is told by the console alone where others read along', async ({ page, product }) => {
    const lines = said(page)
    const host = { url: 'https://comments.example' } as Product
    await page.route(`${host.url}/**`, async (route) => {
      const { pathname, search } = new URL(route.request().url())
      await route.fulfill({ response: await route.fetch({ url: product.url + pathname + search }) })
    })
    await page.route('https://blog.example/*', (route) =>
      route.fulfill({ contentType: 'text/html', body: `<!doctype html>${script(host)}${element()}` }),
    )
    await page.goto('https://blog.example/post')
    await expect(empty(page)).toBeVisible()
    await expect
      .poll(() => lines.join('\n'))
      .toContain('Pages of https://blog.example can read this thread but not write')
    await expect(page.getByText('Pages of')).toHaveCount(0)
  })
})

test.describe('Without the script', () => {
  const fallback = ({ url }: Product) =>
    `${script({ url } as Product)}<hankyo-thread site="demo"><a href="${url}/t/demo" referrerpolicy="unsafe-url">Comments</a></hankyo-thread>`

  test('the link stands there and finds the article’s thread', async ({ browser, product }) => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    const { path } = await open(page, { body: fallback(product) })
    await page.getByRole('link', { name: 'Comments' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText(path)
    await page.getByRole('textbox', { name: /Write a comment|コメントを書く/ }).fill('By form alone')
    await page.getByRole('textbox', { name: /^(Name|名前)/ }).fill('Mika')
    await page.getByRole('button', { name: /Send for approval|承認/ }).click()
    await expect(page.getByRole('status').first()).toBeVisible()
    await expect(page.getByText('By form alone')).toBeVisible()
    await context.close()
  })

  test('the link stands there while embed.js fails, and goes once it comes', async ({ page, product }) => {
    await page.route('**/embed.js', (route) => route.fulfill({ status: 500 }))
    await open(page, { body: fallback(product) })
    await expect(page.getByRole('link', { name: 'Comments' })).toBeVisible()
    await page.unroute('**/embed.js')
    await page.reload()
    await expect(empty(page)).toBeVisible()
    await expect(page.getByRole('link', { name: 'Comments', exact: true })).toBeHidden()
  })
})

test('Count badges are filled by one request, those that come later too, also by an async script', async ({
  page,
  product,
}) => {
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/counts?'))
      asked.push(new URL(request.url()).searchParams.getAll('key').join())
  })
  const badge = (key: string) => `<li><span data-hankyo-count="${key}">…</span></li>`
  await open(page, {
    head: script(product, 'async'),
    body: `<ul data-hankyo-site="demo">${badge('/demo/en')}${badge('/demo/ja')}${badge('/demo/en')}${badge('/none')}</ul>`,
  })
  await expect(page.locator('span')).toHaveText(['2', '2', '2', '0'])
  expect(asked).toEqual(['/demo/en,/demo/ja,/none'])
  await page.evaluate(() => {
    const list = document.querySelector('ul')
    for (const key of ['/demo/lively', '/new']) {
      const badge = document.createElement('span')
      badge.dataset.hankyoCount = key
      list?.append(badge)
    }
  })
  await expect(page.locator('span').last()).toHaveText('0')
  await expect(page.locator('span').nth(4)).toHaveText(/^\d\d$/)
  expect(asked.slice(1)).toEqual(['/demo/lively,/new'])
})
