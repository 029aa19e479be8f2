import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { memory } from '../../../worker/http/isolateCache.ts'
import { fetchIn, losing } from '../jobs.ts'
import { addSite, call, comment, host, json, pageOrigin } from '../product.ts'
import { costOf } from '../trips.ts'

// Nothing is queued in this file, for a batch would empty the memory, and the clock stands still.
beforeEach(async () => {
  vi.spyOn(Date, 'now').mockReturnValue(Date.now())
  await addSite()
  await shown()
})

afterEach(() => {
  vi.restoreAllMocks()
})

const path = '/v1/sites/blog/thread?key=/post'
const read = (address = path, headers: Record<string, string> = {}) => call('GET', address, { headers })

/** A comment that readers see, whose jobs are lost: nothing goes on in the background. */
async function shown(): Promise<void> {
  const send = (address: string, body: unknown, token?: string) => {
    const headers = { origin: pageOrigin, ...(token && { authorization: `Bearer ${token}` }) }
    return fetchIn(
      losing,
      new Request(host + address, { method: 'POST', headers, body: JSON.stringify(body) }),
    )
  }
  const made = comment()
  await json(send('/v1/sites/blog/comments', made), 202)
  const decision = { commentId: made.id, revision: 1, action: 'approve' }
  await json(send('/v1/decisions', [decision], env.OPERATOR_KEY))
}

/** How often the database was asked while something was done. */
const asked = async (work: () => Promise<unknown>) => (await costOf(work)).trips

describe('A thread many look at', () => {
  it('is read from the database once', async () => {
    const first = await read()
    const again = await asked(async () => {
      for (let reader = 0; reader < 20; reader++) {
        const answer = await read()
        expect(await answer.clone().json()).toMatchObject({ thread: { count: 1 } })
        expect(answer.headers.get('etag')).toBe(first.headers.get('etag'))
      }
    })
    expect(again).toBe(0)
    vi.mocked(Date.now).mockReturnValue(Date.now() + 2000)
    expect(await asked(read)).toBeGreaterThan(0)
  })

  it('is answered as it was, but for the edge', async () => {
    const [first, again] = [await read(), await read()]
    const headers = ({ headers }: Response) => {
      const { 'cache-tag': _, 'cloudflare-cdn-cache-control': edge, ...rest } = Object.fromEntries(headers)
      return [rest, edge]
    }
    const [rest] = headers(first)
    expect(headers(again)).toEqual([rest, 'no-store'])
    expect(await again.text()).toBe(await first.text())
  })

  it.each([
    ['in another order', 'thread?sort=oldest&key=/post'],
    ['with its defaults left out', 'thread?key=/post'],
    ['with another form of its key', 'thread?key=https://blog.example//post/index.html%23top&sort=oldest'],
    ['with what its links gathered', 'thread?key=/post%3Futm_source=1&sort=oldest&utm_source=2&fbclid=3'],
    ['with other escapes', 'thread?%6bey=%2fpo%73t&sort=%6fldest'],
    ['with more signs', 'thread?&key=/post&&sort=oldest&'],
  ])('is read once, also where it is asked for %s', async (_, spelling) => {
    const first = await read('/v1/sites/blog/thread?key=%2Fpost&sort=oldest')
    expect(
      await asked(async () => {
        const again = await read(`/v1/sites/blog/${spelling}`)
        expect([again.status, again.headers.get('etag')]).toEqual([200, first.headers.get('etag')])
        expect(await again.text()).toBe(await first.text())
      }),
    ).toBe(0)
    expect(memory.answers).toBe(1)
  })

  it.each(['thread?key=/post', 'thread.html?key=/post', 'feed.atom', 'feed.json?key=/post'])(
    'is read and rendered once for all who ask while that goes on, and kept: %s',
    async (name) => {
      const address = `/v1/sites/blog/${name}`
      // The first read of a day also notes on which page the widget was seen.
      await read(address)
      memory.empty()
      const one = await costOf(() => read(address))
      memory.empty()
      const many = await costOf(() => Promise.all(Array.from({ length: 10 }, () => read(address))))
      expect(many.statements.length).toBe(one.statements.length)
      const first = await one.result.text()
      for (const answer of many.result) {
        expect(answer.headers.get('etag')).toBe(one.result.headers.get('etag'))
        expect(await answer.text()).toBe(first)
      }
      expect(await asked(() => read(address))).toBe(0)
      const etag = one.result.headers.get('etag') ?? ''
      expect((await read(address, { 'if-none-match': etag })).status).toBe(304)
    },
  )

  it('is rendered once for all who ask for it without a script, each with a form of their own', async () => {
    const one = await costOf(() => read('/t/blog?key=/post'))
    const many = await costOf(() =>
      Promise.all(
        Array.from({ length: 10 }, () => read('/t/blog?key=/post').then((answer) => answer.text())),
      ),
    )
    expect(many.statements.length).toBe(one.statements.length)
    const form = /name="id" value="([\w-]+)".*?name="since" value="(\d+)"/
    const forms = many.result.map((html) => form.exec(html))
    expect(new Set(forms.map((found) => found?.[1])).size).toBe(10)
    for (const found of forms) expect(Number(found?.[2])).toBe(Date.now())
    expect(new Set(many.result.map((html) => html.replace(form, ''))).size).toBe(1)
  })

  it('is read anew by who asks after a change, though it is being read', async () => {
    const before = read()
    memory.empty()
    expect(await asked(read)).toBeGreaterThan(0)
    expect((await before).status).toBe(200)
  })

  it('answers 304 to who has it, and to many who only ask that', async () => {
    const etag = (await read()).headers.get('etag') ?? ''
    const ask = async () => expect((await read(path, { 'if-none-match': etag })).status).toBe(304)
    expect(await asked(ask)).toBe(0)
    memory.empty()
    expect(await asked(ask)).toBe(1)
    expect(await asked(ask)).toBe(0)
    expect((await read()).status).toBe(200)
  })

  it('is counted once for all who ask for the same counts', async () => {
    const counts = '/v1/sites/blog/counts?key=/post&key=/other'
    const first = await (await read(counts)).text()
    expect(first).toBe('{"counts":{"/post":1,"/other":0}}')
    expect(await asked(async () => expect(await (await read(counts)).text()).toBe(first))).toBe(0)
    await shown()
    expect(await (await read(counts)).text()).toBe('{"counts":{"/post":2,"/other":0}}')
  })

  it('is never kept as an error, nor anything else', async () => {
    await read('/v1/sites/blog/thread')
    await read('/v1/sites/none/thread?key=/post')
    await read('/v1/sites/blog/thread?key=/post&cursor=r1')
    await read('/v1/sites/blog/counts?key=/post&utm_source=1')
    await read('/t/blog?key=/post')
    expect(memory.answers).toBe(0)
  })

  it('is forgotten neither for refused requests nor for preflights', async () => {
    await read()
    await call('POST', '/v1/decisions', { body: [] })
    await call('OPTIONS', '/v1/sites/blog/comments')
    expect(memory.answers).toBe(1)
  })

  it('can’t be crowded out of bounds by made-up keys', async () => {
    const made = Array.from({ length: 210 }, (_, n) => read(`/v1/sites/blog/thread?key=/none-${n}`))
    for (const answer of await Promise.all(made)) await answer.text()
    expect(memory.answers).toBe(200)
  })
})
