import type { D1Database } from '@cloudflare/workers-types'
import { proofOf } from '../access/proof.ts'
import type { World } from '../commands/world.ts'
import { pageAddress } from '../contract/pageAddress.ts'
import type { Site } from '../contract/site.ts'
import type { ThreadPage } from '../contract/thread.ts'
import { Refusal } from '../http/refusal.ts'
import { tellsReaders } from '../mail/tellsReaders.ts'
import { badgesOf } from '../store/badges.ts'
import * as sites from '../store/sites.ts'
import * as threads from '../store/threads.ts'
import { closedBy, isAged } from './closing.ts'
import type { ReadPage } from './pageView.ts'
import { isPointing, pointedAt, type Rows, rowsOf, type Wanted } from './threadRows.ts'

/** A page of a thread as the database has it at one moment. */
export interface FoundPage {
  site: Site
  /** Null where readers see nothing of it: one with hidden comments only is as good as none. */
  thread: threads.Thread | null
  page: ReadPage
}

/**
 * A page of a thread, or of one branch of it; an empty one where there is no thread. It takes one round trip to the
 * database, and a second one where a cursor or a comment has to be found first.
 *
 * @throws Refusal `unknown_site`, or `invalid` for a cursor that points nowhere
 */
export async function threadPage(world: World, wanted: Wanted): Promise<FoundPage> {
  const { db } = world
  const finding = visibleThread(db, wanted)
  const reading = isPointing(wanted)
    ? pointedAt(db, wanted).then((pointed) => rowsOf(db, wanted, pointed))
    : rowsOf(db, wanted, null)
  return pageOf(world, wanted, finding, reading)
}

/** What a reader has of a thread: its version, and whether its time was over. */
export interface Seen {
  version: number
  isAged: boolean
}

/**
 * The same for a reader who has a version of the thread; without the page where it has not changed. That is found
 * out first, at the cost of one row.
 *
 * @param admit called before the page is read
 * @throws Refusal as `threadPage`, and what `admit` throws
 */
export async function changedThreadPage(
  world: World,
  wanted: Wanted,
  { seen, admit }: { seen: Seen; admit: () => Promise<void> },
): Promise<FoundPage | { thread: threads.Thread; page: null }> {
  const { db, now } = world
  const finding = visibleThread(db, wanted)
  const [thread, pointed] = await Promise.all([
    finding,
    isPointing(wanted) ? pointedAt(db, { ...wanted, unless: seen.version }) : null,
  ])
  const isSame = thread?.version === seen.version
  if (isSame && isAged(thread, now) === seen.isAged) return { thread, page: null }
  await admit()
  // Its time has ended meanwhile: that changes no version.
  const again = isSame && isPointing(wanted) ? await pointedAt(db, wanted) : pointed
  return pageOf(world, wanted, finding, rowsOf(db, wanted, again))
}

async function pageOf(
  { env, db, now }: World,
  wanted: Wanted,
  finding: Promise<threads.Thread | null>,
  reading: Promise<Rows | null>,
): Promise<FoundPage> {
  const [thread, site, badges, rows] = await Promise.all([
    finding,
    sites.find(db, wanted.siteId),
    badgesOf(db, wanted.siteId),
    reading,
  ])
  if (!site) throw new Refusal('unknown_site')
  const head = threadView(site, wanted.key, { thread, now, env })
  if (!thread) return { site, thread, page: { head, badges, rows: { listed: [], next: null } } }
  if (!rows) throw new Refusal('invalid', { field: 'cursor' })
  return { site, thread, page: { head, badges, rows } }
}

async function visibleThread(db: D1Database, { siteId, key }: Wanted): Promise<threads.Thread | null> {
  const thread = await threads.find(db, siteId, key)
  return thread &&
    (thread.count > 0 || thread.closedAt !== null || thread.checked === 1 || thread.givenTitle !== null)
    ? thread
    : null
}

function threadView(
  site: Site,
  key: string,
  { thread, now, env }: Pick<World, 'now' | 'env'> & { thread: threads.Thread | null },
): ThreadPage['thread'] {
  const proof = proofOf(site)
  const givenTitle = thread?.givenTitle ?? null
  return {
    key,
    url: thread?.count ? pageAddress(thread.key, thread.url, site.origins) : null,
    title: givenTitle ?? (thread?.count ? thread.title : null),
    ...(givenTitle !== null && { givenTitle }),
    count: thread?.count ?? 0,
    closed: closedBy(thread, site, now)?.at ?? null,
    moderated: awaitsPerson(site, thread),
    bodyLimit: site.settings.bodyLimit,
    origins: site.origins,
    version: thread?.version ?? 0,
    ...(proof && { proof }),
    ...(tellsReaders(env, site) && { telling: true as const }),
  }
}

/** Whether a newcomer's comment waits for a person. */
function awaitsPerson({ policy, settings }: Site, thread: threads.Thread | null): boolean {
  const { holdFirst, holdDays } = settings
  return policy !== 'postmoderate' || thread?.checked === 1 || holdFirst > 0 || holdDays > 0
}
