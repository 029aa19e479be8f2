import type { Page } from '../../../worker/contract/page.ts'
import type { ListedSite } from '../../../worker/contract/site.ts'
import type { Connection } from '../core/connection.ts'

/** Where the pages of a site live. Rejects with an `ApiError`. */
export async function originsOf(connection: Connection, siteId: string): Promise<string[]> {
  const { data } = await connection.ask<Page<ListedSite>>('GET', '/v1/sites')
  return data.items.find(({ id }) => id === siteId)?.origins ?? []
}
