import { maskedAddress } from '../contract/mailAddress.ts'
import { trustAddress } from '../mail/trustAddress.ts'
import { fateRow } from '../notify/readerFate.ts'
import * as subscribers from '../store/subscribers.ts'
import type { World } from './world.ts'

/**
 * Confirms what a subscriber was shown at a time. What became of comments of theirs meanwhile is told. That mail came back
 * before counts no more.
 */
export async function confirmSubscriptions(
  { env, db, now }: World,
  { id, siteId, address }: subscribers.Subscriber,
  shownAt: number,
): Promise<void> {
  const until = Math.min(shownAt, now)
  const to = { id, shown: maskedAddress(address) }
  const told = (await subscribers.askedFates(db, id, until)).map((commentId) => ({
    ...fateRow(to, commentId, now),
    ...{ siteId, at: now, act: 'subscription.confirm' },
  }))
  await trustAddress(env, address)
  await subscribers.confirm(db, id, { until, now, told })
}
