import { randomUUID } from 'node:crypto'
import type { Browser, Page } from '@playwright/test'
import { wordpressFile } from '../e2e/wordpressFile.ts'
import type { Product } from '../server.ts'

type Stage = { browser: Browser; product: Product }
type Keep = (name: string, page: Page, options?: { whole?: boolean }) => Promise<void>

/** What readers and colleagues did that the views of the dashboard show. */
interface Desk {
  /** The thread that most of it is in, a comment of it with a history, and its author. */
  thread: number
  comment: string
  author: string
}

const looks = {
  light: { viewport: { width: 1280, height: 900 } },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  360: { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true },
  ja: { viewport: { width: 1280, height: 900 }, locale: 'ja-JP' },
  ar: { viewport: { width: 1280, height: 900 }, locale: 'ar' },
} as const

/** Pictures of each view of the dashboard in each look: light, dark, on a phone, in Japanese and in Arabic. */
export async function shootDashboard({ browser, product }: Stage, only: string, keep: Keep): Promise<void> {
  const shown = (view: string, look: string) => `view-${view}-${look}`.startsWith(only)
  const views = viewsOf(await furnish(product))
  for (const [look, options] of Object.entries(looks)) {
    if (!Object.keys(views).some((view) => shown(view, look))) continue
    const context = await browser.newContext({ locale: 'en-GB', ...options })
    const page = await context.newPage()
    await page.goto(await product.dashboardLink())
    await page.locator('main h1').first().waitFor({ state: 'attached' })
    for (const [view, { place, act, whole }] of Object.entries(views)) {
      if (!shown(view, look)) continue
      await page.setViewportSize(options.viewport)
      await page.goto(`${product.url}/dashboard?${place}`)
      await page.locator('main h1').first().waitFor({ state: 'attached' })
      await act?.(page)
      await page.waitForLoadState('networkidle')
      await keep(`view-${view}-${look}`, page, { whole })
    }
    await context.close()
  }
}

interface View {
  place: string
  /** As far as a screen shows, where something lies over the page. */
  whole?: boolean
  act?: (page: Page) => Promise<void>
}

function viewsOf({ thread, comment, author }: Desk): Record<string, View> {
  return {
    held: { place: 'tab=held&site=demo', act: (page) => page.keyboard.press('j') },
    reject: { place: 'tab=held&site=demo', act: (page) => pressed(page, 'r') },
    answer: { place: 'tab=held&site=demo', act: (page) => pressed(page, 'e') },
    many: { place: 'tab=held&site=demo', whole: false, act: (page) => pressed(page, 'Shift+A') },
    matching: {
      place: 'tab=held&site=demo',
      whole: false,
      act: (page) => pressed(page, 'Shift+A', 'Shift+A'),
    },
    search: { place: 'tab=all&q=the', act: (page) => pressed(page, '/') },
    flagged: { place: 'tab=flagged' },
    appeals: { place: 'tab=appeals' },
    spam: { place: 'tab=spam' },
    empty: { place: 'tab=held&site=quiet' },
    help: { place: 'tab=held&site=demo', whole: false, act: (page) => pressed(page, '?') },
    reports: { place: 'page=reports' },
    mentions: { place: 'page=mentions' },
    stats: { place: 'page=stats&site=demo' },
    log: { place: 'page=audit-log' },
    comment: { place: `page=comment&ids=${comment}` },
    thread: { place: `page=thread&thread=${thread}` },
    move: { place: `page=thread&thread=${thread}`, whole: false, act: lookWhereTo },
    author: { place: `page=author&author=${author}` },
    bans: { place: 'page=bans' },
    sites: { place: 'page=sites', act: (page) => page.locator('button[aria-expanded]').first().click() },
    'site-new': { place: 'page=sites', act: (page) => page.locator('button.primary').first().click() },
    moves: { place: 'page=moves&site=demo' },
    settings: { place: 'page=settings&site=demo' },
    people: { place: 'page=people' },
    person: {
      place: `page=person&author=${author}`,
      act: (page) => page.locator('.found').first().waitFor(),
    },
    mails: { place: 'page=letters&site=demo' },
    tokens: { place: 'page=tokens' },
    imports: { place: 'page=imports&site=demo' },
    'imports-file': { place: 'page=imports&site=demo', act: chooseFile },
    account: { place: 'page=account' },
  }
}

/** Has a file of another system looked at. */
async function chooseFile(page: Page) {
  await page.locator('input[type="file"]').setInputFiles({
    ...{
      name: 'old-blog.xml',
      mimeType: 'text/xml',
      buffer: Buffer.from(wordpressFile('http://localhost:4000')),
    },
  })
  await page.locator('.samples').waitFor()
}

/** Has a page that a thread could be merged into looked at. */
async function lookWhereTo(page: Page) {
  await page.locator('.acts button[aria-haspopup="dialog"]').last().click()
  await page.locator('dialog form input').fill('/demo/')
  await page.locator('dialog form button[type="submit"]').click()
  await page.locator('dialog form [role="status"] p').waitFor()
}

/** Presses keys one after the other once comments stand. */
async function pressed(page: Page, ...keys: string[]) {
  await page.getByRole('article').first().waitFor()
  for (const key of keys) await page.keyboard.press(key)
}

/** Has readers and staff do what there is to see: reports, an appeal, an edit, notes, bans, people, tokens, sites. */
async function furnish(product: Product): Promise<Desk> {
  const made = async <Answer>(method: string, path: string, body?: unknown) => {
    const answer = await product.api(method, path, body)
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (answer.status === 204 ? null : await answer.json()) as Answer
  }
  const read = async (method: string, path: string, token: string, body: unknown) => {
    const answer = await fetch(`${product.url}/v1/sites/demo/comments${path}`, {
      method,
      headers: { origin: product.url, 'content-type': 'application/json', ...by(token) },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (answer.status === 204 ? null : await answer.json()) as { token?: string }
  }
  const decide = (commentId: string, action: string, more: object = {}) =>
    made('POST', 'decisions', [{ commentId, revision: 1, action, ...more }])
  const write = async (body: string, name: string, token = '') => {
    const id = randomUUID()
    const given = { key: '/demo/lively', url: `${product.url}/demo/lively`, title: 'Borrowed ground' }
    const answer = await read('POST', '', token, {
      id,
      ...given,
      author: authorOf(name),
      body,
      elapsedMs: 30_000,
    })
    return { id, token: answer.token ?? token }
  }

  await made('PATCH', 'sites/demo', {
    settings: { publishedSpam: 'one_in_200', emailDays: 30, formerTextDays: 90, noteDays: 180 },
  })
  const first = await write(
    'The second paragraph has the year wrong: it was 1998, not 1989.',
    'Ines Carvalho',
  )
  await decide(first.id, 'approve')
  const { items } = await made<{ items: { thread: { id: number }; author: { id: string } }[] }>(
    'GET',
    `queue?tab=all&ids=${first.id}`,
  )
  const [{ thread, author } = { thread: { id: 0 }, author: { id: '' } }] = items
  const edited = 'The second paragraph has the year wrong: it was 1998. See https://archive.example/1998.'
  await read('PATCH', `/${first.id}`, first.token, { revision: 1, body: edited })
  for (const reason of ['abuse', 'off_topic'])
    await read('POST', `/${first.id}/flags`, randomUUID(), { reason, note: 'Please look at the last line.' })
  await made('PUT', `comments/${first.id}/pin`)
  const refused = await write('You people never learn.', 'Duarte')
  await decide(refused.id, 'reject', { reason: 'abuse' })
  await read('POST', `/${refused.id}/appeal`, refused.token, {
    note: 'I meant the publishers, not the readers.',
  })
  const spam = await write('Cheap watches at https://watches.example', 'Best Watches')
  await decide(spam.id, 'spam')
  await made('POST', 'bans', {
    siteId: 'demo',
    kind: 'domain',
    value: 'watches.example',
    reason: 'Sells watches',
  })

  // Who opens such a link first is there for the notes to name.
  await product.dashboardLink()
  for (const [about, body] of [
    [`comments/${first.id}`, `Checked with the archive, they are right. @owner`],
    [`authors/${author.id}`, 'Writes to us often, and kindly.'],
  ])
    await made('POST', `${about}/notes`, { id: randomUUID(), body })
  await made('POST', 'sites', { id: 'quiet', name: 'Quiet notes', origins: ['https://quiet.example'] })
  await made('POST', 'staff', { name: 'Hana Mori', role: 'moderator', sites: ['demo'] })
  await made('POST', 'staff', { name: 'محمد العربي', role: 'moderator', sites: ['quiet'] })
  await made('POST', 'tokens', { name: 'Nightly export', scope: 'read' })
  return { thread: thread.id, comment: first.id, author: author.id }
}

const authorOf = (name: string) => ({
  name,
  email: `${name.toLowerCase().replaceAll(' ', '.')}@reader.example`,
})

/** Who brings no token is given one. */
const by = (token: string): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {})
