import { describe, expect, it } from 'vitest'
import { purge, tagsOf } from '../../../worker/http/edgeCache.ts'
import { defaults, isNamed, keeping } from '../../../worker/http/headers.ts'
import { Memory } from '../../../worker/http/isolateCache.ts'

const env = { TOKEN_SECRET: 'a secret for tests, long enough to be one' }
const site = { siteId: 'blog' }

describe('An answer', () => {
  it('is kept by nobody unless it says otherwise', () => {
    expect(defaults['cache-control']).toBe('no-store')
  })

  it.each([
    ['thread', 60],
    ['counts', 60],
    ['feed', 300],
  ] as const)('to a public read of a %s is asked for anew by browsers and kept by the edge', (read, age) => {
    expect(keeping(read, { tags: ['one', 'two'], isUsual: true, authorized: false })).toEqual({
      'cache-control': 'public, max-age=0, must-revalidate',
      'cloudflare-cdn-cache-control': `public, max-age=${age}, stale-while-revalidate=600`,
      'cache-tag': 'one,two',
    })
  })

  it('to a public read in an unusual spelling is not kept by the edge', () => {
    expect(keeping('thread', { tags: ['one'], isUsual: false, authorized: false })).toEqual({
      'cache-control': 'public, max-age=0, must-revalidate',
      'cloudflare-cdn-cache-control': 'no-store',
    })
  })

  it('to who brings credentials is kept by nobody', () => {
    expect(keeping('thread', { tags: ['one'], isUsual: true, authorized: true })).toEqual({
      'cache-control': 'no-store',
    })
  })

  it.each([
    ['"7"', true],
    ['W/"7"', true],
    ['"6", W/"7"', true],
    ['"77"', false],
    ['7', false],
    [null, false],
  ])('of the ETag "7" is known by If-None-Match %s: %s', (header, known) => {
    expect(isNamed('"7"', header)).toBe(known)
  })
})

describe('Tags', () => {
  it('don’t tell how many threads there are', async () => {
    const tags = await Promise.all([1, 2, 3].map((threadId) => tagsOf(env, { ...site, threadId })))
    expect(new Set(tags.map(([, thread]) => thread)).size).toBe(3)
    for (const tag of tags) expect(tag).toEqual(['site-blog', expect.stringMatching(/^thread-[\w-]{16}$/)])
  })

  it('of a thread that readers don’t see are those of its site alone', async () => {
    expect(await tagsOf(env, site)).toEqual(['site-blog', 'overview-blog'])
  })
})

/** The edge's cache, with what it was asked to purge. */
function edge(outcomes: (boolean | 'throws')[] = []) {
  const purged: string[][] = []
  const work: Promise<unknown>[] = []
  const cache = {
    async purge({ tags = [] }: { tags?: string[] }) {
      const outcome = outcomes[purged.push(tags) - 1] ?? true
      if (outcome === 'throws') throw new Error('unreachable')
      return { success: outcome, errors: [] }
    },
  }
  const context = { cache, waitUntil: (promise: Promise<unknown>) => void work.push(promise) }
  return { context, purged, done: () => Promise.all(work) }
}

describe('A purge', () => {
  it('names what each change makes wrong, in one call', async () => {
    const { context, purged, done } = edge()
    const one = { ...site, threadId: 1 }
    purge(env, context, [one, one, { ...site, threadId: 2 }, { siteId: 'other' }])
    await done()
    const [, first] = await tagsOf(env, one)
    const [, second] = await tagsOf(env, { ...site, threadId: 2 })
    expect(purged).toEqual([['overview-blog', first, second, 'site-other']])
  })

  it('of nothing is none', async () => {
    const { context, purged, done } = edge()
    purge(env, context, [])
    await done()
    expect(purged).toEqual([])
  })

  it('is nothing where there is no cache', () => {
    const nowhere = { waitUntil: () => expect.unreachable() }
    purge(env, nowhere, [site])
  })

  it.each([false, 'throws'] as const)(
    'that fails (%s) is told, and made up for by the next',
    async (outcome) => {
      const errors: unknown[] = []
      const { error } = console
      console.error = (...words) => void errors.push(words)
      const { context, purged, done } = edge([outcome])
      purge(env, context, [site])
      await done()
      console.error = error
      expect(errors).toHaveLength(1)
      purge(env, context, [])
      await done()
      purge(env, context, [])
      await done()
      expect(purged).toEqual([['site-blog'], ['site-blog']])
    },
  )

  it('of more than a call takes is several', async () => {
    const { context, purged, done } = edge()
    purge(
      env,
      context,
      Array.from({ length: 150 }, (_, index) => ({ siteId: `s${index}` })),
    )
    await done()
    expect(purged.map(({ length }) => length)).toEqual([100, 50])
  })
})

const get = (path: string, headers: Record<string, string> = {}) =>
  new Request(`https://hankyo.example${path}`, { headers })

const answer = (etag = '"1"') =>
  new Response(null, {
    headers: {
      etag,
      'content-type': 'application/json',
      'cache-tag': 'thread-a',
      'cloudflare-cdn-cache-control': 'public',
    },
  })

const text = (length: number) => new TextEncoder().encode('x'.repeat(length))

describe('The memory', () => {
  const bounds = { answers: 3, bytes: 100_000, ms: 2000 }
  const filled = () => {
    const memory = new Memory(bounds)
    memory.watch(get('/a?key=b'), 0)(answer(), text(5))
    return memory
  }

  it('gives an answer again for two seconds, by path and query', async () => {
    const memory = filled()
    expect(await memory.recall(get('/a?key=b'), 0)?.text()).toBe('xxxxx')
    expect(await memory.recall(get('/a?key=b'), 999)?.text()).toBe('xxxxx')
    expect(memory.recall(get('/a?key=b'), 2000)).toBeNull()
    expect(memory.recall(get('/a?key=c'), 0)).toBeNull()
    expect(memory.recall(get('/b?key=b'), 0)).toBeNull()
  })

  it('answers 304 to who has it', () => {
    const memory = filled()
    const unchanged = memory.recall(get('/a?key=b', { 'if-none-match': 'W/"1"' }), 0)
    expect([unchanged?.status, unchanged?.headers.get('etag')]).toEqual([304, '"1"'])
    expect(unchanged?.headers.get('content-type')).toBeNull()
    expect(memory.recall(get('/a?key=b', { 'if-none-match': '"2"' }), 0)?.status).toBe(200)
  })

  it('of a 304 serves only those who have the same', () => {
    const memory = new Memory(bounds)
    memory.watch(get('/a'), 0)(answer(), null)
    expect(memory.recall(get('/a', { 'if-none-match': '"1"' }), 0)?.status).toBe(304)
    expect(memory.recall(get('/a', { 'if-none-match': '"2"' }), 0)).toBeNull()
    expect(memory.recall(get('/a'), 0)).toBeNull()
  })

  it('has one of many read anew in the second half of its time, the others are served to its end', () => {
    const memory = filled()
    const known = (now: number) => memory.recall(get('/a?key=b'), now) !== null
    const remember = memory.watch(get('/a?key=b'), 1000)
    expect([known(1000), known(1000), known(1999), known(2000)]).toEqual([false, true, true, false])
    remember(answer(), text(5))
    expect([known(1999), known(2000), known(2999), known(3000)]).toEqual([true, false, true, false])
  })

  it('keeps the whole where a 304 tells that it is the same', () => {
    const memory = filled()
    const remember = (etag: string) => memory.watch(get('/a?key=b'), 1000)(answer(etag), null)
    remember('"1"')
    const again = memory.recall(get('/a?key=b'), 1999)
    expect([again?.status, again?.headers.get('content-type')]).toEqual([200, 'application/json'])
    remember('"2"')
    expect(memory.recall(get('/a?key=b'), 1999)).toBeNull()
  })

  it('lets the edge keep nothing of it', () => {
    const headers = filled().recall(get('/a?key=b'), 0)?.headers
    expect(headers?.get('cloudflare-cdn-cache-control')).toBe('no-store')
    expect(headers?.get('cache-tag')).toBeNull()
  })

  it('neither serves nor learns from who brings credentials', () => {
    const own = get('/a', { authorization: 'Bearer abc' })
    const memory = new Memory(bounds)
    memory.watch(own, 0)(answer(), text(5))
    expect(memory.answers).toBe(0)
    memory.watch(get('/a'), 0)(answer(), text(5))
    expect(memory.recall(own, 0)).toBeNull()
  })

  it('forgets everything when something is written, what is being read too', () => {
    const memory = filled()
    const remember = memory.watch(get('/c'), 0)
    memory.empty()
    remember(answer(), text(5))
    expect([memory.answers, memory.bytes]).toEqual([0, 0])
  })

  it('holds only so many answers, the latest', () => {
    const memory = new Memory(bounds)
    for (let n = 0; n < 50; n++) memory.watch(get(`/a?utm=${n}`), 0)(answer(), text(5))
    expect(memory.answers).toBe(3)
    expect([46, 47, 49].map((n) => memory.recall(get(`/a?utm=${n}`), 0) !== null)).toEqual([
      false,
      true,
      true,
    ])
  })

  it('holds only so many bytes, and counts them truly', () => {
    const memory = new Memory({ ...bounds, answers: 1000 })
    for (let n = 0; n < 50; n++) {
      memory.watch(get(`/a?utm=${n}`), 0)(answer(), text(10_000))
      memory.watch(get('/a'), 0)(answer(), text(10_000))
      expect(memory.bytes).toBeLessThanOrEqual(bounds.bytes)
    }
    expect(memory.answers).toBe(9)
    memory.watch(get('/b'), 0)(answer(), text(90_000))
    expect(memory.recall(get('/b'), 0)).toBeNull()
  })

  it('holds nothing that is over', () => {
    const memory = filled()
    memory.watch(get('/b'), 5000)(answer(), text(5))
    expect(memory.answers).toBe(1)
  })
})
