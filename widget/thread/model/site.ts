import type { ThreadPage } from '../../../worker/contract/thread.ts'
import { exchange } from '../../common/api.ts'
import type { Model } from './model.ts'

/** The address below which all of a site is asked for. Where none is named, the worker says that there is no such site. */
export const siteUrl = ({ host, site }: Model): string =>
  `${host}/v1/sites/${encodeURIComponent(site || ' ')}/`

/** Asks for a page of the thread, or for what `more` says of it. */
export async function fetchPage(model: Model, more: Record<string, string>): Promise<ThreadPage> {
  const [page] = await exchange<ThreadPage>(pageUrl(model, more), {
    credentials: 'omit',
    signal: AbortSignal.timeout(30_000),
  })
  return page
}

/** The address of a page of the thread. */
export const pageUrl = (model: Model, more?: Record<string, string>): string =>
  `${siteUrl(model)}thread?${new URLSearchParams({ key: model.key, sort: model.sort, ...more })}`
