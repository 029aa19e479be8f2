import { ownReason } from '../contract/phrases.ts'
import { databaseOf } from '../store/database.ts'
import * as phrases from '../store/phrases.ts'
import type { World } from './world.ts'

/**
 * A reason as it is kept. Words that look like the code of a site's own reason, and are none, get a space behind them:
 * no code has one, so what somebody typed never becomes a reason that the site chooses later.
 *
 * @param siteIds the sites that it is given on
 */
export async function givenReason(
  { env }: World,
  reason: string | null | undefined,
  siteIds: string[],
): Promise<string | null> {
  if (!reason) return null
  if (!ownReason.test(reason)) return reason
  const lists = await Promise.all(
    [...new Set(siteIds)].map((siteId) => phrases.reasons(databaseOf(env, siteId), siteId)),
  )
  return lists.flat().some(({ code }) => code === reason) ? reason : `${reason} `
}
