import type { World } from '../commands/world.ts'
import type { SiteSettings } from '../contract/siteSettings.ts'
import * as expiry from '../store/expiry.ts'
import { expire as carryOut } from '../store/expiryEffects.ts'

const day = 86_400_000

/** Sites that are looked at in one run, and comments of each status of a site: so a run has a bound. */
const sitesAtOnce = 4
const commentsAtOnce = 50

/** For how long a site keeps a comment of each status, in days; 0 for good. */
const daysOf = (settings: SiteSettings): Record<expiry.Expiring, number> => ({
  spam: settings.spamDays,
  deleted: settings.deletedDays,
  rejected: settings.rejectedDays,
  pending: settings.pendingDays,
})

/** Removes comments whose time is over: some at a time, at each site once a day until none is left. */
export async function expire({ db, now }: World): Promise<void> {
  await Promise.all((await expiry.due(db, now, sitesAtOnce)).map((site) => expireAt(db, now, site)))
}

async function expireAt(
  db: World['db'],
  now: number,
  { siteId, settings, places }: expiry.Due,
): Promise<void> {
  const terms = Object.entries(daysOf(settings)) as [expiry.Expiring, number][]
  const looks = await Promise.all(
    terms
      .filter(([, days]) => days > 0)
      .map(async ([status, days]) => {
        const range = { status, before: now - days * day, limit: commentsAtOnce, after: places[status] }
        return { status, found: await expiry.old(db, siteId, range) }
      }),
  )
  const found = looks.flatMap((look) => look.found)
  const removed = found.filter(({ over, answered }) => over && !answered)
  // What waits for a person and was answered is left to them.
  const waiting = new Set(looks.find(({ status }) => status === 'pending')?.found)
  const erased = found.filter((one) => one.over && one.answered && !one.erased && !waiting.has(one))
  const full = looks.filter((look) => look.found.length === commentsAtOnce)
  const next = full.map(({ status, found }) => [
    status,
    found.findLast((one) => !removed.includes(one))?.seq ?? places[status],
  ])
  await carryOut(db, siteId, {
    ...{ removed, erased, at: now },
    next: { at: full.length > 0 ? now : now + day, places: Object.fromEntries(next) },
  })
}
