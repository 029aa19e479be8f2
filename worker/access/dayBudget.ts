import type { World } from '../commands/world.ts'
import { dayOf } from '../contract/networks.ts'
import type { Site } from '../contract/site.ts'
import { Refusal } from '../http/refusal.ts'
import * as store from '../store/dayBudget.ts'
import type { Source } from './sender.ts'

/** Likes and flags are many, and small. */
const reactionsForOne = 10

/** What is spent of today's budgets of a site and of a network. */
export type Spent = store.Spent

type Kind = store.Act['kind']

const nothing: Spent = { site: 0, writings: 0, reactions: 0 }

/** What today's comments, edits, likes and flags spent. */
export async function spentToday({ env, db, now }: World, site: Site, { hashes }: Source): Promise<Spent> {
  if (env.RATE_LIMIT === 'off') return nothing
  const wanted = { siteId: site.id, network: hashes?.network ?? null, most: site.settings.networkBudget }
  return store.spent(db, wanted, now)
}

/** Whether so much is spent that newcomers must prove that they are people: all of a site's, or half of a network's. */
export const isLow = ({ settings }: Site, { site, writings }: Spent): boolean =>
  site >= settings.dayBudget || 2 * writings >= settings.networkBudget

/**
 * Refuses a newcomer whose network has spent its day.
 *
 * @throws Refusal `rate_limited`
 */
export function requireBudget({ now }: World, { settings }: Site, spent: Spent, kind: Kind): void {
  if (spent[kind] < settings.networkBudget * (kind === 'reactions' ? reactionsForOne : 1)) return
  throw new Refusal('rate_limited', {
    message: 'Enough came from your network today. Try again tomorrow.',
    retryAfter: Math.ceil((dayOf(now).end - now) / 1000),
  })
}

/** An act of somebody, to be counted for their network; null where they are known or their network is not. */
export const actOf = (
  kind: Kind,
  { hashes, known }: Pick<Source, 'hashes'> & { known: boolean },
  at: number,
): store.Act | null => (known || !hashes ? null : { kind, network: hashes.network, at })
