import type { World } from '../commands/world.ts'
import { type KeptTerm, keptTerms } from '../contract/keptTerms.ts'
import type { RetentionPreview } from '../contract/retentionPreview.ts'
import { type Expiring, isOver, old } from '../store/expiry.ts'
import { countOld, type Field } from '../store/keptFields.ts'

const day = 86_400_000

/** How much is counted of each: so an answer has a bound. */
const mostCounted = 2_000

type Counted = Omit<RetentionPreview['items'][number], 'setting'>
type Count = (db: World['db'], siteId: string, before: number) => Promise<Counted>

/** Comments of a status, those included that lose no more than their words. */
const comments =
  (status: Expiring): Count =>
  async (db, siteId, before) => {
    const found = await old(db, siteId, { status, before, after: null, limit: mostCounted })
    const removes = found.filter((one) => isOver(one, before) && !one.erased).length
    return { removes, more: found.length === mostCounted }
  }

const rows =
  (...fields: Field[]): Count =>
  async (db, siteId, before) => {
    const counts = await Promise.all(
      fields.map((field) => countOld(db, field, [[siteId, before]], mostCounted)),
    )
    return {
      removes: counts.reduce((sum, count) => sum + count, 0),
      more: counts.some((count) => count === mostCounted),
    }
  }

const counting: Record<KeptTerm, Count> = {
  spamDays: comments('spam'),
  deletedDays: comments('deleted'),
  rejectedDays: comments('rejected'),
  pendingDays: comments('pending'),
  emailDays: rows('emailDays'),
  formerTextDays: rows('formerTextDays'),
  noteDays: rows('noteDays'),
  deliveryDays: rows('deliveryDays', 'givenUp'),
}

/** What would be removed if a site kept things for so many days, a day after that was saved; 0 days remove nothing. */
export async function retentionPreview(
  { db, now }: World,
  siteId: string,
  settings: Partial<Record<KeptTerm, number>>,
): Promise<RetentionPreview> {
  const given = keptTerms.filter((setting) => settings[setting] !== undefined)
  const items = await Promise.all(
    given.map(async (setting) => {
      const days = settings[setting] as number
      const counted =
        days === 0 ? { removes: 0, more: false } : await counting[setting](db, siteId, now + day - days * day)
      return { setting, ...counted }
    }),
  )
  return { items }
}
