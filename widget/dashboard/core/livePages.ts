import { canonicalKey } from '../../../worker/contract/canonicalKey.ts'
import type { CheckedPage, Sitemap } from '../../../worker/contract/pageChecks.ts'
import { mostPagesAsked } from '../../../worker/contract/pageLimits.ts'
import type { ApiError } from '../../common/api.ts'
import type { Connection } from './connection.ts'

/** Answers of sitemaps that are read. */
const mostSitemaps = 60

/** What is asked of a site about its own pages, by way of the worker. Rejects with an `ApiError`, or when it is called off. */
export function livePages(connection: Connection, site: string, signal: AbortSignal) {
  /** Asks; where it is too much in a short time, again when that is over. */
  async function ask<Data>(path: string, asked: object): Promise<Data> {
    for (;;)
      try {
        const body = { site, ...asked }
        return (await connection.ask<Data>('POST', path, { body, signal })).data
      } catch (reason) {
        const { status, retryAfter = 0 } = reason as ApiError
        if (status !== 429) throw reason
        await new Promise((resolve) => setTimeout(resolve, retryAfter || 10_000))
        signal.throwIfAborted()
      }
  }

  return {
    /** Keys of the pages that the site's sitemaps name. */
    async keysOfSitemaps(): Promise<Set<string>> {
      const keys = new Set<string>()
      const seen = new Set<string>()
      const left: { url?: string; cursor?: string }[] = [{}]
      for (let read = 0; read < mostSitemaps; read++) {
        const next = left.shift()
        if (!next) break
        const found = await ask<Sitemap>('/v1/sitemaps', next)
        for (const url of found.pages) keys.add(canonicalKey(url))
        for (const url of found.sitemaps) if (!seen.has(url)) left.push({ url })
        for (const url of found.sitemaps) seen.add(url)
        if (found.next && next.url) left.unshift({ url: next.url, cursor: found.next })
      }
      return keys
    },
    /** What pages answer, each with who was asked about; some at a time. */
    async *answers<Asked extends { url: string }>(asked: Asked[]): AsyncGenerator<[Asked, CheckedPage][]> {
      for (let at = 0; at < asked.length; at += mostPagesAsked) {
        const some = asked.slice(at, at + mostPagesAsked)
        const urls = some.map(({ url }) => url)
        const { items } = await ask<{ items: CheckedPage[] }>('/v1/page-checks', { urls })
        yield items.map((item, index) => [some[index] as Asked, item])
      }
    },
  }
}

/** Whether a page is there: also where it leads to what is the same page for us, such as with a slash at the end. */
export const isThere = ({ state, to }: CheckedPage, key: string) =>
  state === 'found' || (state === 'moved' && to !== null && canonicalKey(to) === key)
