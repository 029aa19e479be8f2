import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import type { Model } from '../../../widget/thread/model/model.ts'
import { pageUrl } from '../../../widget/thread/model/site.ts'
import { threadQuery } from '../../../worker/contract/thread.ts'
import { publicQuery } from '../../../worker/http/publicQuery.ts'

/** What is read of the address of a thread. */
async function readingOf(query: string, path = '/v1/sites/blog/thread') {
  let reading: { cacheKey: string; isUsual: boolean } | undefined
  const app = new Hono().get('/v1/sites/:site/thread', (c) => {
    reading = publicQuery(c, threadQuery)
    return c.body(null)
  })
  await app.request(path + query)
  return reading
}

describe('What the embed asks for', () => {
  const part = '1f0c2b1e-0000-4000-8000-000000000000'
  const embed = { host: '', site: 'blog', sort: 'oldest' } as Model
  const more: Record<string, string>[] = [{}, { since: '12' }, { around: part }, { cursor: `r3.${part}` }]

  it.each(['/a/b', '/a/b/', '/', '/a?page=2', '/a/%E6%97%A5', '/a/%e6%97%a5/', '/#/guide', 'post-5'])(
    'may be kept by the edge: %s',
    async (key) => {
      for (const each of more) {
        const { pathname, search } = new URL(pageUrl({ ...embed, key }, each), 'https://hankyo.example')
        expect(await readingOf(search, pathname)).toMatchObject({ isUsual: true })
      }
    },
  )
})

describe('A page of a thread', () => {
  const cacheKey = '/v1/sites/blog/thread?key=%2Fa%2Fb%25E6%2597%25A5&sort=oldest'

  it.each([
    ['as the embed asks', '?key=%2Fa%2Fb%25E6%2597%25A5&sort=oldest'],
    ['without defaults', '?key=%2Fa%2Fb%25E6%2597%25A5'],
    ['as people write it', '?key=/a/b%25E6%2597%25A5'],
    ['by a page in a folder', '?key=%2Fa%2Fb%25E6%2597%25A5%2F&sort=oldest'],
    ['by a page whose links have small escapes', '?key=%2Fa%2Fb%25e6%2597%25a5%2F&sort=oldest'],
  ])('has one cache key, and may be kept by the edge, asked for %s', async (_, query) => {
    expect(await readingOf(query)).toMatchObject({ cacheKey, isUsual: true })
  })

  it.each([
    ['in another order', '?sort=oldest&key=/a/b%25E6%2597%25A5'],
    ['with an empty part', '?key=/a/b%25E6%2597%25A5&'],
    ['with some escapes', '?key=/a%2Fb%25E6%2597%25A5'],
    ['with escapes in small letters', '?key=%2fa%2fb%25E6%2597%25A5'],
    ['with a key of mixed letters', '?key=/a/b%25e6%2597%25A5'],
    ['with a key that is not escaped', '?key=/a/b日'],
    ['with a tracking parameter', '?key=/a/b%25E6%2597%25A5&gclid=1'],
    ['with a key that has one', '?key=/a/b%25E6%2597%25A5%3Fgclid=1'],
    ['with two slashes at its end', '?key=/a/b%25E6%2597%25A5//'],
  ])('has the same key but is not kept by the edge, asked for %s', async (_, query) => {
    expect(await readingOf(query)).toMatchObject({ cacheKey, isUsual: false })
  })

  it('has the same key but is not kept by the edge, asked for by another spelling of its path', async () => {
    const read = await readingOf('?key=/a/b%25E6%2597%25A5', '/v1/sites/%62log/thread')
    expect(read).toMatchObject({ cacheKey, isUsual: false })
  })

  it('keeps apart what is not the same', async () => {
    const queries = [
      '?key=/a',
      '?key=/b',
      '?key=a',
      '?key=/a&sort=top',
      '?key=/a&since=1',
      '?key=/a&around=1',
    ]
    const keys = await Promise.all(queries.map(async (query) => (await readingOf(query))?.cacheKey))
    expect(new Set(keys).size).toBe(queries.length)
    expect((await readingOf('?key=/a&since=01'))?.cacheKey).toBe(
      (await readingOf('?key=/a&since=1'))?.cacheKey,
    )
  })
})
