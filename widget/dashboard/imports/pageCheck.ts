import { createModel, signal } from '@preact/signals'
import { canonicalKey } from '../../../worker/contract/canonicalKey.ts'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import { isRegistered } from '../../../worker/contract/origin.ts'
import type { CheckedPage, Sitemap } from '../../../worker/contract/pageChecks.ts'
import { mostPagesAsked } from '../../../worker/contract/pageLimits.ts'
import type { SurveyPage } from '../../../worker/importers/plan/survey.ts'
import type { ApiError } from '../../common/api.ts'
import { detailOf } from '../core/connection.ts'
import type { Desk } from '../desk.ts'
import { originsOf } from './origins.ts'

/** Pages that are asked one by one: those with most comments of what no sitemap names. */
const mostAsked = 1_000

/** Answers of sitemaps that are read. */
const mostSitemaps = 60

/** A page that is not there as it was. */
export type Strayed = CheckedPage & { page: SurveyPage }

/** What the site says of the pages that get comments. */
export interface PageReport {
  pages: number
  found: number
  strayed: Strayed[]
  /** Pages that were not asked: their address is not known, or on no origin of the site; or there were too many. */
  unasked: number
}

const PageCheck = createModel(({ connection }: Desk) => {
  const report = signal<PageReport | null>(null)
  const progress = signal<{ done: number; all: number } | null>(null)
  const error = signal<ErrorDetail | null>(null)
  let calling = new AbortController()

  /** Asks; where it is too much in a short time, again when that is over. */
  async function ask<Data>(path: string, body: object, signal: AbortSignal): Promise<Data> {
    for (;;)
      try {
        return (await connection.ask<Data>('POST', path, { body, signal })).data
      } catch (reason) {
        const { status, retryAfter = 0 } = reason as ApiError
        if (status !== 429) throw reason
        await new Promise((resolve) => setTimeout(resolve, retryAfter || 10_000))
        signal.throwIfAborted()
      }
  }

  /** Keys of the pages that the site's sitemaps name. */
  async function keysOfSitemaps(site: string, signal: AbortSignal): Promise<Set<string>> {
    const keys = new Set<string>()
    const seen = new Set<string>()
    const left: { url?: string; cursor?: string }[] = [{}]
    for (let read = 0; read < mostSitemaps; read++) {
      const next = left.shift()
      if (!next) break
      const found = await ask<Sitemap>('/v1/sitemaps', { site, ...next }, signal)
      for (const url of found.pages) keys.add(canonicalKey(url))
      for (const url of found.sitemaps) if (!seen.has(url)) left.push({ url })
      for (const url of found.sitemaps) seen.add(url)
      if (found.next && next.url) left.unshift({ url: next.url, cursor: found.next })
    }
    return keys
  }

  return {
    report,
    progress,
    error,
    /** Asks the site for pages that get comments, first its sitemaps and then those that they do not name. */
    async check(site: string, pages: SurveyPage[]) {
      calling.abort()
      calling = new AbortController()
      const { signal } = calling
      report.value = null
      error.value = null
      progress.value = { done: 0, all: pages.length }
      try {
        const origins = await originsOf(connection, site)
        const named = await keysOfSitemaps(site, signal)
        const rest = pages.filter(({ key }) => !named.has(key))
        const askable = rest.filter(
          ({ url }) => URL.canParse(url) && isRegistered(new URL(url).origin, origins),
        )
        const asked = askable.slice(0, mostAsked)
        let found = pages.length - rest.length
        const strayed: Strayed[] = []
        for (let at = 0; at < asked.length; at += mostPagesAsked) {
          progress.value = { done: found + strayed.length, all: pages.length }
          const some = asked.slice(at, at + mostPagesAsked)
          const urls = some.map(({ url }) => url)
          const { items } = await ask<{ items: CheckedPage[] }>('/v1/page-checks', { site, urls }, signal)
          for (const [index, item] of items.entries()) {
            const page = some[index] as SurveyPage
            if (isThere(item, page)) found++
            else strayed.push({ ...item, page })
          }
        }
        report.value = { pages: pages.length, found, strayed, unasked: rest.length - asked.length }
      } catch (reason) {
        if (!signal.aborted) error.value = detailOf(reason)
      } finally {
        if (!signal.aborted) progress.value = null
      }
    },
    cancel() {
      calling.abort()
      progress.value = null
    },
    forget() {
      calling.abort()
      report.value = null
      progress.value = null
      error.value = null
    },
  }
})

/** Whether a page is there: also where it leads to what is the same page for us, such as with a slash at the end. */
const isThere = ({ state, to }: CheckedPage, { key }: SurveyPage) =>
  state === 'found' || (state === 'moved' && to !== null && canonicalKey(to) === key)

/** What a desk's site says of pages. */
export const pageCheckOf = (desk: Desk) => new PageCheck(desk)
