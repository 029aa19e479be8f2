import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Posted } from '../../worker/contract/comment.ts'
import type { ErrorBody } from '../../worker/contract/errors.ts'
import type { QueuePage } from '../../worker/contract/queue.ts'
import type { ThreadPage } from '../../worker/contract/thread.ts'
import { type Failure, failures, Outside } from '../outside.ts'
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

const origin = 'https://blog.example'
const siteKey = '0x4AAAAAAAkey'

async function addSite(id: string, behaviour: Failure | 'well', secret?: string) {
  const done = async (answer: Promise<Response>) => expect((await answer).ok).toBe(true)
  await done(product.api('POST', 'sites', { id, name: id, origins: [origin] }))
  await done(product.api('PUT', `sites/${id}/turnstile`, outside.turnstile(behaviour, secret)))
  await done(
    product.api('PATCH', `sites/${id}`, { settings: { proof: 'turnstile', turnstileSiteKey: siteKey } }),
  )
}

const newId = () => crypto.randomUUID()

const post = (site: string, id: string, proof?: string) =>
  fetch(`${product.url}/v1/sites/${site}/comments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({
      id,
      key: '/post',
      url: `${origin}/post`,
      title: 'A post',
      author: { name: 'Mika' },
      body: 'A thought on this.',
      elapsedMs: 20_000,
      proof,
    }),
  })

async function refused(answer: Promise<Response>, status: number) {
  const response = await answer
  expect(response.status).toBe(status)
  const { error } = (await response.json()) as ErrorBody
  return { ...error, retryAfter: response.headers.get('retry-after') }
}

const stored = async (site: string) =>
  ((await (await product.api('GET', `queue?site=${site}&tab=all`)).json()) as QueuePage).items.map(
    ({ id }) => id,
  )

describe('A site that asks for Turnstile', () => {
  test('tells its pages so, and takes a comment that Turnstile vouches for', async () => {
    await addSite('well', 'well')
    const page = await fetch(`${product.url}/v1/sites/well/thread?key=/post`)
    expect(((await page.json()) as ThreadPage).thread.proof).toEqual({ kind: 'turnstile', siteKey })
    const id = newId()
    const answer = await post('well', id, 'good-1')
    expect(answer.status).toBe(202)
    expect(((await answer.json()) as Posted).comment.id).toBe(id)
    const [asked] = outside.asked(/^\/well\/siteverify$/).slice(-1)
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      secret: 's3cret',
      response: 'good-1',
      idempotency_key: id,
    })
    expect((await post('well', id, 'whatever')).status).toBe(200)
    expect(await stored('well')).toEqual([id])
  })

  test('takes no comment without a token, with a wrong one, or with one that was used', async () => {
    await addSite('careful', 'well')
    expect((await post('careful', newId(), 'good-2')).status).toBe(202)
    const before = await stored('careful')
    for (const token of [undefined, '', 'bad', 'good-2']) {
      const error = await refused(post('careful', newId(), token), 403)
      expect(error).toMatchObject({ code: 'proof_needed', field: 'proof' })
    }
    expect(await stored('careful')).toEqual(before)
  })

  test('takes no comment while Turnstile fails, however it does, and the same one later', async () => {
    const ways = Object.keys(failures) as Failure[]
    await Promise.all(
      ways.map(async (failure) => {
        await addSite(failure, failure)
        const id = newId()
        const error = await refused(post(failure, id, 'good'), 503)
        expect(error, failure).toMatchObject({ code: 'unavailable', retryAfter: '10' })
        expect(error.message).toContain('Turnstile')
        expect(await stored(failure)).toEqual([])
        await product.api('PUT', `sites/${failure}/turnstile`, outside.turnstile('well'))
        expect((await post(failure, id, `good-${failure}`)).status).toBe(202)
        expect(await stored(failure)).toEqual([id])
      }),
    )
  })

  test('blames no reader for a wrong secret or for trouble at Turnstile', async () => {
    await addSite('mistaken', 'well', 'wrong')
    await addSite('troubled', 'well')
    expect((await refused(post('mistaken', newId(), 'good-3'), 503)).code).toBe('unavailable')
    expect((await refused(post('troubled', newId(), 'trouble'), 503)).code).toBe('unavailable')
  })
})
