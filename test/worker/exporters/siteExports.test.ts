import { env } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import { type SiteExport, siteExports } from '../../../worker/contract/exports.ts'
import { textOf } from '../exporting.ts'
import { eventually } from '../jobs.ts'
import { addSite, approved, asOperator, json, pageOrigin, posted } from '../product.ts'
import { decideAll, stored } from '../school.ts'
import { type Ask, signedIn } from '../staffed.ts'
import { costOf } from '../trips.ts'

beforeEach(() => addSite())

const files = Object.keys(siteExports) as SiteExport[]

/** All parts of a file. */
async function partsOf(file: SiteExport, ask: Ask = asOperator): Promise<string[]> {
  const parts: string[] = []
  for (let query: string | undefined = '?site=blog'; query; ) {
    const answer: Response = await ask('GET', `/v1/exports/${file}${query}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toContain(`blog-${file}`)
    query = /^<(\?.*)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
    parts.push(await textOf(answer))
  }
  return parts
}

/** A site with so many pages of one comment, and one page of many; of these the last are left to the moderators. */
async function crowded(pages: number, many: { all: number; approved: number }): Promise<string[]> {
  const keys = Array.from({ length: pages }, (_, at) => `/page-${String(at).padStart(2, '0')}`)
  for (const key of keys) await approved({ key, url: `${pageOrigin}${key}`, body: `Words at ${key}` })
  const bodies = Array.from({ length: many.all }, (_, at) => `Among many, number ${at}.`)
  const ids = await stored('blog', bodies, { key: '/many' })
  await decideAll(ids.slice(0, many.approved).map((id) => ({ id, action: 'approve' as const })))
  return keys
}

it('A file has each comment once, by thread and time, whatever parts it comes in', async () => {
  const keys = await crowded(25, { all: 120, approved: 110 })
  const counts = { 'disqus.xml': 110, 'comments.md': 110, 'wordpress.xml': 120, 'comments.csv': 120 }
  for (const file of files) {
    const parts = await partsOf(file)
    expect(parts.length, file).toBeGreaterThan(1)
    const text = parts.join('')
    expect(keys.filter((key) => text.split(`Words at ${key}`).length !== 2)).toEqual([])
    const numbers = Array.from(text.matchAll(/Among many, number (\d+)/g), ([, number]) => Number(number))
    expect(numbers, file).toEqual(Array.from({ length: counts[file] }, (_, at) => at))
  }
})

it('Where pages move meanwhile it is refused, since comments would be in it twice or not at all', async () => {
  await crowded(31, { all: 60, approved: 60 })
  const begun = async (file: SiteExport) => {
    const answer = await asOperator('GET', `/v1/exports/${file}?site=blog`)
    await textOf(answer)
    return /^<(\?.*)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1] as string
  }
  const refused = async (path: string) => {
    const answer = await asOperator('GET', `/v1/exports/${path}`)
    return [answer.status, ((await answer.json()) as { error: { message: string } }).error.message]
  }
  const nexts = await Promise.all(files.map(begun))
  // The page of many goes to the beginning, which the files are past.
  const move = { id: crypto.randomUUID(), site: 'blog', from: '/many', to: '/page-00' }
  await json(asOperator('POST', '/v1/thread-moves', move), 202)
  await eventually(async () => {
    const { state } = await json<{ state: string }>(asOperator('GET', `/v1/thread-moves/${move.id}`))
    expect(state).toBe('done')
  })
  for (const [at, file] of files.entries()) {
    expect(await refused(`${file}${nexts[at]}`)).toEqual([409, expect.stringMatching(/were moved since/)])
    const text = (await partsOf(file)).join('')
    expect([...text.matchAll(/Among many, number \d+/g)], file).toHaveLength(60)
  }
  await env.DB.prepare("UPDATE thread_moves SET state = 'working'").run()
  for (const file of files)
    expect(await refused(`${file}?site=blog`)).toEqual([409, expect.stringMatching(/are being moved/)])
})

it('A part is bounded, and costs by what it has', async () => {
  await stored(
    'blog',
    Array.from({ length: 60 }, (_, at) => `${at} ${'long '.repeat(1500)}`),
  )
  for (const file of files) {
    const { result, statements, rowsRead } = await costOf(() =>
      textOf(asOperator('GET', `/v1/exports/${file}?site=blog`)),
    )
    expect(statements.length, file).toBeLessThan(45)
    expect(rowsRead, file).toBeLessThan(1500)
    expect(result.length, file).toBeLessThan(600_000)
  }
})

it('A file is an owner’s of that site, and its cursors lead nowhere else', async () => {
  await addSite({ id: 'other', origins: ['https://other.example'] })
  await crowded(31, { all: 0, approved: 0 })
  const owner = await signedIn('Owner of the blog', 'owner', ['blog'])
  const moderator = await signedIn('Moderator', 'moderator', ['blog'])
  for (const file of files) {
    const status = async (ask: Ask, query: string) => (await ask('GET', `/v1/exports/${file}${query}`)).status
    expect(await status(owner.ask, '?site=blog')).toBe(200)
    expect(await status(owner.ask, '?site=other')).toBe(404)
    expect(await status(moderator.ask, '?site=blog')).toBe(403)
    expect(await status(asOperator, '')).toBe(400)
    const link = (await asOperator('GET', `/v1/exports/${file}?site=blog`)).headers.get('link') ?? ''
    const cursor = /cursor=([\w-]+)/.exec(link)?.[1]
    expect(cursor).toBeTruthy()
    expect(await status(asOperator, `?site=blog&cursor=${cursor}`)).toBe(200)
    expect(await status(asOperator, `?site=other&cursor=${cursor}`)).toBe(400)
    expect(await status(asOperator, '?site=blog&cursor=e30')).toBe(400)
  }
})

it('What waits is in those that have a place for it', async () => {
  await posted({ body: 'Only this waits' })
  const having: string[] = []
  for (const file of files) {
    const text = (await partsOf(file)).join('')
    if (text.includes('Only this waits')) having.push(file)
  }
  expect(having).toEqual(['wordpress.xml', 'comments.csv'])
})
