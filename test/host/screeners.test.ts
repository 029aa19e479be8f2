import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Page } from '../../worker/contract/page.ts'
import type { QueueItem, QueuePage } from '../../worker/contract/queue.ts'
import type { Screener } from '../../worker/contract/screeners.ts'
import { withDatabase } from '../../worker/host/serve/workerd.ts'
import { type Failure, failures, Outside, type Spoken } from '../outside.ts'
import { Product } from '../server.ts'

let product: Product
let outside: Outside
beforeAll(async () => {
  ;[product, outside] = await Promise.all([
    Product.start({ flags: ['--no-demo', '--no-rate-limit', '--allow-private-hosts'] }),
    Outside.start(),
  ])
})
afterAll(async () => {
  await product.dispose()
  outside.stop()
})

const spoken: Spoken[] = ['akismet', 'openai', 'webhook']
const origin = 'https://blog.example'

async function done(answer: Promise<Response>): Promise<Response> {
  const response = await answer
  expect(response.ok, `${response.status} ${await response.clone().text()}`).toBe(true)
  return response
}

/** A site that publishes all it does not doubt, with all three services asked. */
async function addSite(id: string, behaviour: Failure | 'well', kinds = spoken) {
  const settings = { auditShare: 0 }
  await done(
    product.api('POST', 'sites', { id, name: id, origins: [origin], policy: 'postmoderate', settings }),
  )
  for (const kind of kinds)
    await done(product.api('PUT', `sites/${id}/screeners/${kind}`, outside.config(kind, behaviour)))
}

async function post(site: string, body: string): Promise<string> {
  const id = crypto.randomUUID()
  await done(
    fetch(`${product.url}/v1/sites/${site}/comments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({
        id,
        key: '/post',
        url: `${origin}/post`,
        title: 'A post',
        author: { name: 'Mika', email: 'mika@mail.example' },
        body,
        elapsedMs: 20_000,
      }),
    }),
  )
  return id
}

/** A comment once screening has looked at it. */
const screened = (site: string, id: string) =>
  vi.waitFor(
    async () => {
      const queue = await done(product.api('GET', `queue?site=${site}&tab=all`))
      const item = ((await queue.json()) as QueuePage).items.find((candidate) => candidate.id === id)
      expect(item?.verdict).toBeTruthy()
      return item as QueueItem
    },
    { timeout: 20_000, interval: 50 },
  )

const codes = (item?: QueueItem) => item?.findings.map(({ code }) => code)

async function screeners(site: string): Promise<Screener[]> {
  const list = await done(product.api('GET', `sites/${site}/screeners`))
  return ((await list.json()) as Page<Screener>).items
}

describe('Akismet’s key', () => {
  const put = async (config: Record<string, string>) => {
    const response = await product.api('PUT', 'sites/keys/screeners/akismet', {
      ...outside.config('akismet', 'well'),
      ...config,
    })
    return { status: response.status, ...((await response.json()) as object) }
  }

  test('is verified before it is kept', async () => {
    await addSite('keys', 'well', [])
    expect(await put({ key: 'wrong' })).toMatchObject({
      status: 400,
      error: { code: 'invalid', field: 'key' },
    })
    expect(await put({ endpoint: 'http://127.0.0.1:9' })).toMatchObject({
      status: 503,
      error: { code: 'unavailable', message: expect.stringContaining('not reachable') },
    })
    expect(await screeners('keys')).toEqual([])
    expect(await put({})).toMatchObject({ status: 200, kind: 'akismet' })
    const [asked] = outside.asked(/^\/well\/akismet\/1\.1\/verify-key$/).slice(-1)
    expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
      api_key: 'k3y',
      blog: 'https://blog.example/',
    })
  })
})

describe('A comment', () => {
  test('is held whichever way the services outside fail', async () => {
    const ways = Object.entries(failures) as [Failure, RegExp][]
    for (const [failure] of ways) await addSite(failure, failure)
    const posted = await Promise.all(ways.map(([failure]) => post(failure, 'A thought on this.')))
    for (const [index, [failure, how]] of ways.entries()) {
      const item = await screened(failure, posted[index] as string)
      expect(item, failure).toMatchObject({ verdict: 'hold', status: 'pending' })
      expect(codes(item), failure).toContain('screening_unavailable')
      const last = { at: expect.any(String), answered: false, detail: expect.stringMatching(how) }
      expect((await screeners(failure)).map((screener) => screener.last)).toEqual(spoken.map(() => last))
    }
  })

  test('is published, held or refused by what else is known and what they say', async () => {
    await addSite('well', 'well')
    const bodies = ['A thought on that.', 'I DOUBT that.', 'SPAM, my friends.']
    const posted = await Promise.all(bodies.map((body) => post('well', body)))
    const [fine, doubtful, spam] = await Promise.all(posted.map((id) => screened('well', id)))
    expect(fine).toMatchObject({ verdict: 'approve', status: 'approved' })
    expect(codes(fine)).not.toContain('external')
    expect(doubtful).toMatchObject({ verdict: 'hold', status: 'pending' })
    expect(codes(doubtful)).toContain('external')
    expect(spam).toMatchObject({ verdict: 'spam', status: 'spam' })
    expect(codes(spam)).toContain('external')
    expect((await screeners('well')).map(({ last }) => last?.answered)).toEqual([true, true, true])
  })

  test('teaches Akismet when a person has decided and can no longer undo it', async () => {
    const good = await post('well', 'DOUBT, but rightly.')
    const bad = await post('well', 'DOUBT, and wrongly.')
    await Promise.all([screened('well', good), screened('well', bad)])
    await done(
      product.api('POST', 'decisions', [
        { commentId: good, revision: 1, action: 'approve' },
        { commentId: bad, revision: 1, action: 'spam' },
      ]),
    )
    const told = (act: string) =>
      outside
        .asked(new RegExp(`/${act}$`))
        .map(({ body }) => new URLSearchParams(body).get('comment_content'))
    // The clock cannot be turned here. But what waits can be dated back, and each start runs the cron at once.
    await product.stop()
    expect([...told('submit-ham'), ...told('submit-spam')]).toEqual([])
    const tenMinutesLater = 'UPDATE outbox SET next_at = next_at - 600000 RETURNING subject'
    const waiting = await withDatabase(product.dataDir, (db) => db.prepare(tenMinutesLater).all())
    expect(waiting.results.map(({ subject }) => subject).sort()).toEqual([good, bad].sort())
    await product.restart()
    await vi.waitFor(
      () => {
        expect(told('submit-ham')).toContain('DOUBT, but rightly.')
        expect(told('submit-spam')).toContain('DOUBT, and wrongly.')
      },
      { timeout: 30_000, interval: 50 },
    )
    expect(told('submit-ham')).not.toContain('DOUBT, and wrongly.')
  })
})
