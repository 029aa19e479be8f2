import type { World } from '../commands/world.ts'
import { add, countEvents, noFigures, trimmed } from '../queries/dayFigures.ts'
import * as daily from '../store/dailyFigures.ts'

/** Events that are counted at a time. */
const slice = 300

/** Counting waits for so many events, or for so long: each count writes a row a site. */
const enough = 100
const patience = 600_000

/** Counts events that the figures of days do not have yet, once it is worth a few rows. */
export async function rollUp({ db, now }: World): Promise<void> {
  const { countedTo, nextAt, last } = await daily.progress(db)
  if (nextAt === null || (last - countedTo < enough && now - nextAt < patience)) return
  const events = await daily.eventsAfter(db, countedTo, slice)
  const changes = countEvents(events)
  const known = new Map((await daily.some(db, changes)).map((one) => [`${one.day} ${one.site}`, one.figures]))
  const days = changes.map(({ site, day, figures }) => ({
    ...{ site, day },
    figures: trimmed(add(known.get(`${day} ${site}`) ?? noFigures(), figures)),
  }))
  await daily.write(db, days, { before: countedTo, to: events.at(-1)?.id ?? countedTo })
}
