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

/**
 * Removes comments whose time is over: some at a time, at each site once a day until none is left. Not in the minute of
 * each hour that also forgets what is old elsewhere: a run may ask its database 50 things.
 */
export async function expire({ db, now }: World): Promise<void> {
  if (now % 3_600_000 < 60_000) return
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
      .map(([status, days]) =>
        look(db, siteId, { status, before: now - days * day, now, place: places[status] }),
      ),
  )
  const isFull = looks.some(({ place }) => !place.isDone)
  const removed = looks.flatMap((one) => one.removed)
  const gone = new Set<number | null>(removed.map(({ seq }) => seq))
  // A look that ended with one that goes now begins anew: nothing comes after what is not there.
  const kept = looks.filter(({ place }) => !gone.has(place.after))
  await carryOut(db, siteId, {
    removed,
    erased: looks.flatMap((one) => one.erased),
    at: now,
    next: {
      at: isFull ? now : now + day,
      places: Object.fromEntries(kept.map(({ status, place }) => [status, place])),
    },
  })
}

/** After how many days comments that stay although their time is over are looked at again. */
const stuckDays = 30

/** What of some old comments of a status goes, and how far that look came. */
async function look(
  db: World['db'],
  siteId: string,
  {
    status,
    before,
    now,
    place,
  }: { status: expiry.Expiring; before: number; now: number; place?: expiry.Place | undefined },
) {
  const from = placeOf(place, before, now)
  const found = await expiry.old(db, siteId, { status, before, after: from.after, limit: commentsAtOnce })
  const over = found.filter((one) => expiry.isOver(one, before))
  const removed = over.filter((one) => !one.answered)
  const stay = found.filter((one) => !removed.includes(one))
  // What stays for being the last one goes soon, as another comes.
  const young = stay.flatMap((one) => (one.last ? [before + 1] : one.since >= before ? [one.since] : []))
  return {
    status,
    removed,
    // What waits for a person and was answered is left to them.
    erased: status === 'pending' ? [] : over.filter((one) => one.answered && !one.erased),
    place: {
      after: stay.at(-1)?.seq ?? from.after,
      since: Math.min(from.since, ...young),
      isDone: found.length < commentsAtOnce,
    },
  }
}

/**
 * Where a look goes on: behind what was looked at already, until one of those comes of age. So what was brought here
 * lately, however much and however old, is walked through once and not each day.
 */
function placeOf(place: expiry.Place | undefined, before: number, now: number): expiry.Place {
  const again = place?.isDone && (place.since < before || place.since < now - stuckDays * day)
  return place && !again ? place : { after: null, since: now, isDone: false }
}
