import type { LeftOutReason } from '../../contract/imports.ts'
import type { SourcePage } from '../entry.ts'
import { copied, type XmlRecord } from '../xml/record.ts'

/** A post or a page of Blogger. */
export interface BloggerPost {
  page: SourcePage
  /** Why its comments are not brought. */
  reason: LeftOutReason | null
}

export function postOf(record: XmlRecord): BloggerPost {
  const address = linkOf(record, 'alternate') || record.text('blogger:filename')
  return {
    page: { address: copied(address), title: copied(record.text('title').slice(0, 1000)) },
    reason: reasonOf(record, address),
  }
}

/** Where a link of an entry leads, by its relation. */
export const linkOf = (record: XmlRecord, relation: string): string =>
  record
    .all('link')
    .find(({ attributes }) => attributes.get('rel') === relation)
    ?.attributes.get('href') ?? ''

function reasonOf(record: XmlRecord, address: string): LeftOutReason | null {
  const status = record.text('blogger:status')
  if (/^(DRAFT|SCHEDULED)$/.test(status) || record.text('app:control/app:draft') === 'yes') return 'draft'
  if (record.text('blogger:trashed')) return 'no_page'
  if (!/^(LIVE|)$/.test(status)) return 'private'
  return address ? null : 'no_page'
}
