import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AuditEntry } from '../../worker/contract/auditLog.ts'
import { type Finding, findingCodes } from '../../worker/contract/findings.ts'
import type { Page } from '../../worker/contract/page.ts'
import type { QueueItem, QueuePage } from '../../worker/contract/queue.ts'
import type { SiteStats } from '../../worker/contract/stats.ts'
import { root } from '../../worker/host/paths.ts'
import { expect, type Product, test, unscreened, withDemo } from './fixtures.ts'

const read = async (path: string) => JSON.parse(await readFile(join(root, path), 'utf8'))

/** What a moderator of the demo calls spam, by the comment's text. */
const verdictsOf = (said: { body: string | string[]; spam?: true }[]) =>
  new Map(said.map(({ body, spam }) => [[body].flat().join('\n\n'), spam ? 'spam' : 'approve'] as const))

const share = (part: number, whole: number) => `${part} of ${whole}`

test.describe('A moderator new to the demo', () => {
  test.describe.configure({ mode: 'serial', timeout: 150_000 })
  let product: Product
  let seeded: Map<string, 'spam' | 'approve'>

  test.beforeAll(async () => {
    product = await withDemo()
    seeded = verdictsOf(await read('widget/demo/comments/waiting.json'))
  })
  test.afterAll(() => product.dispose())

  const ask = async <Answer>(path: string) => (await (await product.api('GET', path)).json()) as Answer

  /** All comments of a tab, in its order. */
  async function list(tab: string): Promise<QueueItem[]> {
    const items: QueueItem[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: QueuePage = await ask(
        `queue?site=demo&tab=${tab}&limit=100${cursor && `&cursor=${cursor}`}`,
      )
      items.push(...page.items)
      cursor = page.next
    }
    return items
  }

  const automation = async () =>
    (await ask<Page<SiteStats>>('stats?site=demo')).items[0]?.automation as SiteStats['automation']

  /** Posts a comment as a reader nobody knows. */
  async function post({ name, body }: { name: string; body: string }): Promise<string> {
    const id = randomUUID()
    const page = `${product.url}/demo/${/[ぁ-ヿ]/.test(body) ? 'ja' : 'en'}`
    const answer = await fetch(`${product.url}/v1/sites/demo/comments`, {
      method: 'POST',
      headers: { origin: product.url, 'content-type': 'application/json' },
      body: JSON.stringify({
        id,
        key: new URL(page).pathname,
        url: page,
        title: 'Demo',
        author: { name },
        body,
        elapsedMs: 20_000,
      }),
    })
    expect(answer.status).toBe(202)
    return id
  }

  test('finds 200 comments waiting, decides 150, and has far fewer of the next 50 to look at', async () => {
    const found = async () => (await list('all')).filter(({ body }) => seeded.has(body))
    const heldBefore = (await found()).filter(
      ({ verdict, status }) => verdict !== null && status === 'pending',
    ).length
    expect(heldBefore).toBe(200)
    expect(await automation()).toMatchObject({ state: 'learning' })

    const queue = (await list('held')).filter(({ body }) => seeded.has(body))
    for (let done = 0; done < 150; done += 50) {
      const decisions = queue
        .slice(done, done + 50)
        .map(({ id, revision, body }) => ({ commentId: id, revision, action: seeded.get(body) }))
      expect((await product.api('POST', 'decisions', decisions)).status).toBe(200)
    }
    await expect.poll(automation, { timeout: 60_000 }).toMatchObject({ state: 'on', upToDate: true })

    const arrivals = (
      (await read('test/e2e/arrivals.json')) as { name: string; body: string; spam?: true }[]
    ).slice(0, 50)
    const known = verdictsOf(arrivals)
    const ids = new Set<string>()
    for (const arrival of arrivals) ids.add(await post(arrival))
    await expect.poll(() => unscreened(product), { timeout: 60_000 }).toBe(0)

    const after = (await list('all')).filter(({ id }) => ids.has(id))
    expect(after.filter(({ verdict }) => verdict !== null)).toHaveLength(50)
    const held = after.filter(({ status }) => status === 'pending')
    const automatic = after.filter(({ status }) => status !== 'pending')
    const right = { approve: 'approved', spam: 'spam' }
    const wrong = automatic.filter(({ body, status }) => status !== right[known.get(body) ?? 'spam'])
    test.info().annotations.push({
      type: 'learning',
      description: `${share(heldBefore, 200)} held before, ${share(held.length, 50)} after; ${share(wrong.length, automatic.length)} automatic verdicts wrong: ${JSON.stringify(wrong.map(({ body, status }) => [status, body]))}`,
    })
    // Besides, a fifth of the automatic verdicts wait for a check at first; chance picks them.
    expect((await automation())?.expected?.held).toBeLessThan(1 / 3)
    expect(held.length).toBeLessThan(0.6 * 50)
    expect(wrong.length).toBeLessThanOrEqual(2)
    expect(new Set(automatic.map(({ status }) => status))).toEqual(new Set(['approved', 'spam']))

    for (const { id, status } of automatic) {
      const { items } = await ask<Page<AuditEntry>>(`audit-log?comment=${id}`)
      const entry = items.find(({ actor }) => actor.kind === 'screening')
      expect(entry).toMatchObject({ act: status === 'spam' ? 'comment.spam' : 'comment.approve' })
      const findings = entry?.details.findings as Finding[]
      expect(findings.length).toBeGreaterThan(0)
      for (const { code } of findings) expect(findingCodes).toContain(code)
    }
  })

  test('sees the likely fine first, approves them in one go, and reads how the held share fell', async ({
    page,
  }) => {
    await page.goto(await product.dashboardLink())
    await expect(page.getByRole('button', { name: 'Sign out' }).first()).toBeAttached()
    await page.goto(`${product.url}/dashboard?site=demo`)
    const count = page.getByRole('link', { name: /^Held/ }).locator('.count')
    await expect(page.getByRole('article').first()).toBeVisible()
    const waiting = Number(await count.textContent())
    const fineFirst = async () => (await ask<QueuePage>('queue?site=demo&tab=held&sort=fine&limit=100')).items
    // While comments are scored anew some have the place of one model and the band of another.
    const strays = async () => {
      const bands = (await fineFirst()).map(({ band }) => band)
      return bands.slice(0, bands.lastIndexOf('fine') + 1).filter((band) => band !== 'fine').length
    }
    await expect.poll(strays, { timeout: 60_000 }).toBe(0)

    await page.getByRole('combobox', { name: 'Order' }).selectOption('Likely fine first')
    const selectFine = page.getByRole('button', { name: /^Select all likely fine/ })
    const fine = Number((await selectFine.textContent())?.match(/\d+/)?.[0])
    expect(fine).toBeGreaterThan(5)
    // Those that something else speaks against are left to be looked at one by one.
    const doubtful = ({ code, weight }: Finding) => code !== 'learner' && (weight > 0 || code === 'condition')
    const items = (await fineFirst()).filter(
      ({ band, findings }) => band === 'fine' && !findings.some(doubtful),
    )
    expect(items).toHaveLength(fine)
    await selectFine.click()
    await page
      .locator('.selection')
      .getByRole('button', { name: /^Approve/ })
      .click()
    await expect(page.getByText(`${fine} approved`)).toBeVisible()
    await expect(count).toHaveText(String(waiting - fine))
    const states = new Map((await list('all')).map(({ id, status }) => [id, status]))
    expect(items.map(({ id }) => states.get(id))).toEqual(Array(fine).fill('approved'))

    await page.goto(`${product.url}/dashboard?page=stats`)
    const rows = page.locator('.held-chart tbody tr')
    await expect(rows.nth(4)).toBeAttached()
    const shares = (await rows.locator('td:last-child').allTextContents()).map(Number.parseFloat)
    expect(shares[0]).toBe(100)
    expect(shares[4]).toBeLessThan(60)
  })
})
