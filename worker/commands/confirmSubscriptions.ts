import { maskedAddress } from '../contract/mailAddress.ts'
import { fateRow } from '../notify/readerFate.ts'
import * as subscribers from '../store/subscribers.ts'
import type { World } from './world.ts'

/** Confirms what a subscriber was shown at a time. What became of comments of theirs meanwhile is told. */
export async function confirmSubscriptions(
  { db, now }: World,
  { id, siteId, address }: subscribers.Subscriber,
  shownAt: number,
): Promise<void> {
  const until = Math.min(shownAt, now)
  const to = { id, shown: maskedAddress(address) }
  const told = (await subscribers.askedFates(db, id, until)).map((commentId) => ({
    ...fateRow(to, commentId, now),
    ...{ siteId, at: now, act: 'subscription.confirm' },
  }))
  await subscribers.confirm(db, id, { until, now, told })
}
