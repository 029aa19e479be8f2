import { createModel, signal } from '@preact/signals'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import { isRegistered } from '../../../worker/contract/origin.ts'
import type { CheckedPage } from '../../../worker/contract/pageChecks.ts'
import type { SurveyPage } from '../../../worker/importers/plan/survey.ts'
import { detailOf } from '../core/connection.ts'
import { isThere, livePages } from '../core/livePages.ts'
import type { Desk } from '../desk.ts'
import { originsOf } from './origins.ts'

/** Pages that are asked one by one: those with most comments of what no sitemap names. */
const mostAsked = 1_000

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
        const live = livePages(connection, site, signal)
        const named = await live.keysOfSitemaps()
        const rest = pages.filter(({ key }) => !named.has(key))
        const askable = rest.filter(
          ({ url }) => URL.canParse(url) && isRegistered(new URL(url).origin, origins),
        )
        const asked = askable.slice(0, mostAsked)
        let found = pages.length - rest.length
        const strayed: Strayed[] = []
        for await (const answers of live.answers(asked)) {
          for (const [page, item] of answers) {
            if (isThere(item, page.key)) found++
            else strayed.push({ ...item, page })
          }
          progress.value = { done: found + strayed.length, all: pages.length }
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

/** What a desk's site says of pages. */
export const pageCheckOf = (desk: Desk) => new PageCheck(desk)
