import type { World } from '../commands/world.ts'
import type { SiteSettings } from '../contract/siteSettings.ts'
import * as kept from '../store/keptFields.ts'

const day = 86_400_000

/** Sites that are looked at in one run, and what goes of each field: so a run has a bound. */
const sitesAtOnce = 20
const fieldsAtOnce = 200

/** For how long it is known what became of mail about accounts, which is of no site. */
const ofAccounts = { siteId: '', days: 30 }

/** For how many days a site keeps each field; 0 for good. */
const daysOf = (settings: SiteSettings): Record<kept.Field, number> => ({
  emailDays: settings.emailDays,
  formerTextDays: settings.formerTextDays,
  noteDays: settings.noteDays,
  deliveryDays: settings.deliveryDays,
  givenUp: settings.deliveryDays,
})

/**
 * Forgets what sites keep for a time besides their comments, at each site once a day. It looks every fifth minute, and
 * not in the one that also forgets what is old elsewhere: a run may ask its database 50 things.
 *
 * @returns whether it looked at any: then that run has no room to remove comments
 */
export async function forgetFields({ db, now }: World): Promise<boolean> {
  if (Math.floor(now / 60_000) % 5 !== 4) return false
  const due = await kept.due(db, now, sitesAtOnce)
  if (due.length === 0) return false
  const termsOf = (field: kept.Field): kept.Term[] => [
    ...due.flatMap(({ siteId, settings }): kept.Term[] => {
      const days = daysOf(settings)[field]
      return days > 0 ? [[siteId, now - days * day]] : []
    }),
    ...(isOfAccounts(field) ? [[ofAccounts.siteId, now - ofAccounts.days * day] satisfies kept.Term] : []),
  ]
  const terms = Object.fromEntries(kept.fields.map((field) => [field, termsOf(field)]))
  const sites = due.map(({ siteId }) => siteId)
  await kept.forget(db, terms as Record<kept.Field, kept.Term[]>, { sites, limit: fieldsAtOnce, at: now })
  return true
}

const isOfAccounts = (field: kept.Field) => field === 'deliveryDays' || field === 'givenUp'
