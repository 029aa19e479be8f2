import type { Page } from '@playwright/test'
import { faultsInBothSchemes } from './axe.ts'
import { newSite, origin, post, report } from './desk.ts'
import { expect, type Product, test } from './fixtures.ts'
import { act, focused, reach } from './keys.ts'

/** Who is at the desk works by the keyboard alone: after each act the focus is on something. */
const keepsFocus = (page: Page) =>
  expect.poll(() => page.evaluate(() => document.activeElement?.tagName ?? 'BODY')).not.toBe('BODY')

const isFlawless = async (page: Page) => expect(await faultsInBothSchemes(page)).toEqual([])

async function press(page: Page, keys: string) {
  await page.keyboard.press(keys)
  await keepsFocus(page)
}

async function approve(product: Product, ids: string[]) {
  const decisions = ids.map((commentId) => ({ commentId, revision: 1, action: 'approve' }))
  expect((await product.api('POST', 'decisions', decisions)).status).toBe(200)
}

/** Signs in, as the operator or as a colleague of that name, and opens a page of the dashboard. */
async function open(page: Page, product: Product, place: string, name?: string) {
  const made =
    name && ((await (await product.api('POST', 'sign-in-links', { name })).json()) as { token: string })
  await page.goto(made ? `${product.url}/dashboard#sign-in=${made.token}` : await product.dashboardLink())
  await expect(page.getByRole('button', { name: 'Sign out', exact: true }).first()).toBeAttached()
  await page.goto(`${product.url}/dashboard?${place}`)
}

test('Reports are answered, undone, and their reader muted, by keys alone', async ({ page, product }) => {
  const site = await newSite(product)
  const ids = [
    await post(product, site, { body: 'Rude words' }),
    await post(product, site, { body: 'Fine words' }),
  ]
  await approve(product, ids)
  for (const id of ids) await report(product, { site, id }, { reason: 'abuse', note: 'Look here.' })
  await open(page, product, `page=reports&site=${site}`)
  const rows = page.getByRole('article')
  await expect(rows).toHaveCount(2)
  await isFlawless(page)

  await press(page, 'j')
  await press(page, 'k')
  await press(page, 'a')
  await expect(rows).toHaveCount(1)
  await keepsFocus(page)
  await press(page, 'z')
  await expect(rows).toHaveCount(2)
  await keepsFocus(page)
  await act(page, /^Mute reader/)
  await expect(page.getByText('Muted: this reader’s reports count nowhere')).toBeVisible()
  await expect(rows).toHaveCount(1)
  await keepsFocus(page)
  await act(page, 'Muted readers')
  await act(page, /^Unmute reader/)
  await expect(rows).toHaveCount(2)
  await keepsFocus(page)
  await isFlawless(page)

  await press(page, 'h')
  await expect(page.getByText('Look here.')).toBeVisible()
  await keepsFocus(page)
  await act(page, /^Mute reader/)
  await expect(page.getByRole('button', { name: /^Unmute reader/ })).toBeFocused()
  await press(page, 'z')
  await expect(page.getByRole('button', { name: /^Mute reader/ })).toBeVisible()
  await act(page, 'Pin above the others', 'Shift+Tab')
  await expect(page.getByRole('button', { name: 'Unpin', exact: true })).toBeFocused()
  await isFlawless(page)

  await page.keyboard.press('g')
  await press(page, 'f')
  await expect(page.getByRole('complementary').getByText('Look here.')).toBeVisible()
  await isFlawless(page)
})

test('A thread is unpinned, slowed down, closed, and all that waits in it decided', async ({
  page,
  product,
}) => {
  const site = await newSite(product)
  const [shown = ''] = [await post(product, site, { body: 'Stands above' }), await post(product, site)]
  await approve(product, [shown])
  expect((await product.api('PUT', `comments/${shown}/pin`)).status).toBe(204)
  const { items } = (await (await product.api('GET', `queue?tab=all&site=${site}`)).json()) as {
    items: { thread: { id: number } }[]
  }
  await open(page, product, `page=thread&thread=${items[0]?.thread.id}`)
  await expect(page.getByRole('heading', { name: 'A post' })).toBeVisible()
  await isFlawless(page)

  await act(page, 'Close thread')
  await expect(page.getByText('Closed by staff')).toBeVisible()
  await keepsFocus(page)
  await press(page, 'z')
  await expect(page.getByText('Takes comments', { exact: true })).toBeVisible()
  await reach(page, /^Slow mode/)
  await page.keyboard.press('ArrowDown')
  await act(page, 'Save')
  await expect(page.getByText('How the thread takes comments is saved')).toBeVisible()
  await keepsFocus(page)
  await act(page, 'Unpin the comment of Mika')
  await expect(page.getByText('Nothing is pinned.')).toBeVisible()
  await keepsFocus(page)
  await act(page, 'Decide all that wait (1)…', 'Shift+Tab')
  const sheet = page.getByRole('dialog')
  await expect(sheet.getByText('1 comment matches')).toBeVisible()
  await isFlawless(page)
  await act(page, 'Mark 1 as spam')
  await expect(sheet.getByRole('heading', { name: 'Done', exact: true })).toBeVisible()
  await keepsFocus(page)
  await press(page, 'Escape')
  await expect(sheet).toBeHidden()
  await keepsFocus(page)
})

test('A site is added with its lines, archived, brought back, and removed by its name', async ({
  page,
  product,
}) => {
  await open(page, product, 'page=sites')
  await act(page, 'Add a site')
  await expect.poll(() => focused(page)).toBe('Name')
  await page.keyboard.type('Field notes')
  await press(page, 'Tab')
  await page.keyboard.type('demo')
  await press(page, 'Tab')
  await page.keyboard.type(origin)
  await act(page, 'Add it')
  await expect(page.getByText('There is a site with this short name. Choose another one.')).toBeVisible()
  await keepsFocus(page)
  await isFlawless(page)
  await reach(page, 'Short name', 'Shift+Tab')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('field-notes')
  await act(page, 'Add it')
  const lines = page.getByRole('region', { name: 'Lines for its pages: Field notes' })
  await expect(lines).toContainText('<hankyo-thread site="field-notes">')
  await expect(lines.getByText(/^Not seen on a page yet/)).toBeVisible()
  await keepsFocus(page)
  await isFlawless(page)

  await act(page, 'Archive Field notes', 'Shift+Tab')
  await expect(page.getByRole('button', { name: 'Bring back Field notes' })).toBeFocused()
  await press(page, 'z')
  await expect(page.getByRole('button', { name: 'Archive Field notes' })).toBeFocused()
  await act(page, 'Remove Field notes')
  await keepsFocus(page)
  await isFlawless(page)
  await press(page, 'Escape')
  await expect(page.getByRole('button', { name: 'Remove Field notes' })).toBeFocused()
  await press(page, 'Enter')
  await page.keyboard.type('Field notes')
  await press(page, 'Enter')
  await expect(page.getByText('Field notes is removed')).toBeVisible()
  await expect(page.getByRole('heading', { name: /^Field notes/ })).toHaveCount(0)
  await keepsFocus(page)
})

test('A colleague is named in a note and sees it, an author is erased', async ({
  browser,
  page,
  product,
}) => {
  const site = await newSite(product)
  const id = await post(product, site, { author: { name: 'Nao Quixote' }, body: 'Words to be erased' })
  const colleague = await (await browser.newContext()).newPage()
  await open(colleague, product, 'page=mentions', 'Hana Mori')
  await expect(colleague.getByText(/^No note names you yet/)).toBeVisible()

  await open(page, product, `page=comment&ids=${id}`)
  await expect(page.getByRole('heading', { name: /Nao Quixote/ })).toBeVisible()
  await reach(page, /^Note for staff/)
  await page.keyboard.type('See this, @Han')
  await expect(page.getByRole('option', { name: 'Hana Mori' })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('See this, @Hana Mori')).toBeVisible()
  await keepsFocus(page)
  await isFlawless(page)

  await colleague.reload()
  await expect(colleague.getByText('See this, @Hana Mori')).toBeVisible()
  await isFlawless(colleague)
  await act(colleague, /^Mark it as seen/)
  await expect(colleague.getByRole('heading', { name: 'Not seen yet' })).toHaveCount(0)
  await keepsFocus(colleague)

  await act(page, /^About the author|^All about the author|author/i, 'Shift+Tab')
  await expect(page.getByRole('heading', { level: 1, name: 'Nao Quixote' })).toBeVisible()
  await keepsFocus(page)
  await isFlawless(page)
  await act(page, 'Erase this person…')
  await expect(page.getByText('What goes for good')).toBeVisible()
  await keepsFocus(page)
  await isFlawless(page)
  await reach(page, /^Nothing brings this back/)
  await page.keyboard.press('Space')
  await act(page, 'Erase for good')
  await expect(page.getByText('nothing of this person is kept')).toBeVisible()
  await expect(page.getByText('Nao Quixote')).toHaveCount(0)
  await keepsFocus(page)
  await isFlawless(page)
})

test('Mails are looked at as mail programs show them, in a frame where nothing runs', async ({
  page,
  product,
}) => {
  const refused: string[] = []
  page.on('console', (message) => message.type() === 'error' && refused.push(message.text()))
  await open(page, product, 'page=letters')
  const mail = page.frameLocator('iframe.mail')
  await expect(mail.getByRole('heading', { name: 'Shall we write to you?' })).toBeVisible()
  await isFlawless(page)

  const body = mail.locator('body')
  const light = await body.evaluate((element) => getComputedStyle(element).backgroundColor)
  await act(page, 'Dark')
  // The frame is loaded anew meanwhile.
  await expect(body).not.toHaveCSS('background-color', light)
  await reach(page, 'Narrow as a phone')
  await page.keyboard.press('Space')
  await expect(page.locator('iframe.mail')).toHaveCSS('width', '390px')
  // A link would leave the frame, which is not let.
  await mail.getByRole('link', { name: 'Yes, write to me' }).click()
  await expect(mail.getByRole('heading', { name: 'Shall we write to you?' })).toBeVisible()
  expect(page.context().pages()).toHaveLength(1)

  await act(page, 'Plain text')
  await expect(page.getByText('https://comments.example/s/sample#complaint')).toBeVisible()
  await isFlawless(page)
  expect(refused.filter((text) => /content.security.policy/i.test(text))).toEqual([])
})

test('A flood is marked as spam in four keys, and undone in one', async ({ page, product }) => {
  const site = await newSite(product)
  const sent = Array.from({ length: 60 }, (_, at) => post(product, site, { body: `Cheap pills ${at}` }))
  await Promise.all(sent)
  const held = async () => {
    const { counts } = (await (await product.api('GET', `queue?site=${site}`)).json()) as {
      counts: { held: number }
    }
    return counts.held
  }
  await open(page, product, `tab=held&site=${site}`)
  await expect(page.getByRole('article').first()).toBeVisible()
  await press(page, 'Shift+A')
  await expect(page.getByText('50 selected')).toBeVisible()
  await press(page, 'Shift+A')
  const sheet = page.getByRole('dialog', { name: 'All that match…' })
  await expect(sheet.getByText('60 comments match')).toBeVisible()
  await expect(sheet.getByLabel('What to do with all of them')).toBeFocused()
  expect(await held()).toBe(60)
  await press(page, 'Tab')
  await press(page, 'Enter')
  await expect(sheet.getByRole('heading', { name: 'Done', exact: true })).toBeVisible()
  expect(await held()).toBe(0)
  await press(page, 'Escape')
  await press(page, 'z')
  await expect.poll(held).toBe(60)
  await expect(page.getByText('60 undone')).toBeVisible()
  await keepsFocus(page)
})
