import type { World } from '../commands/world.ts'
import { pageAddress } from '../contract/pageAddress.ts'
import { mostOfStatus, type StaffThread } from '../contract/staffThread.ts'
import { Refusal } from '../http/refusal.ts'
import { iso } from '../store/database.ts'
import * as sites from '../store/sites.ts'
import * as facts from '../store/threadFacts.ts'
import { closedBy, isAged } from './closing.ts'
import { excerpt } from './excerpt.ts'

/** How much of a pinned comment is told, in characters. */
const shown = 120

/**
 * A thread as staff sees it; the number of one that went into another names that. It takes two round trips to the database.
 *
 * @throws Refusal `not_found`
 */
export async function staffThread({ db, now }: World, id: number): Promise<StaffThread> {
  const [thread, pinned] = await Promise.all([facts.byId(db, id), facts.pinnedIn(db, id)])
  const site = thread && (await sites.find(db, thread.siteId))
  if (!site) throw new Refusal('not_found')
  const { key, pending, approved, rejected, spam, deleted, agedAt } = thread
  const isNamed = thread.count > 0
  const closed = closedBy(thread, site, now)
  return {
    ...{ id: thread.id, site: { id: site.id, name: site.name }, key, givenTitle: thread.givenTitle },
    url: pageAddress(key, isNamed ? thread.url : thread.pageUrl, site.origins) ?? '',
    title: thread.givenTitle ?? (isNamed ? thread.title : thread.pageTitle),
    closed,
    closesAt: closed || isAged(thread, now) ? null : iso(agedAt),
    closeAfterDays: thread.closeAfterDays,
    siteCloseAfterDays: site.settings.closeAfterDays,
    ...{ slowSeconds: thread.slowSeconds, checked: thread.checked === 1 },
    counts: { pending, approved, rejected, spam, deleted },
    most: mostOfStatus,
    ...{ firstAt: iso(thread.firstAt), lastAt: iso(thread.lastAt) },
    pinned: pinned.map(({ id, name, words }) => ({ id, author: name, excerpt: excerpt(words, shown) })),
  }
}
