import { maskedAddress } from '../contract/mailAddress.ts'
import { trustAddress } from '../mail/trustAddress.ts'
import { fateRow } from '../notify/readerFate.ts'
import * as subscribers from '../store/subscribers.ts'
import type { World } from './world.ts'

/**
 * Confirms one thing that a subscriber was shown at a time: anybody can have them asked about others. What became of their comment
 * meanwhile is told. That mail came back
 * before counts no more.
 */
export async function confirmSubscriptions(
  { env, db, now }: World,
  { id, siteId, address }: subscribers.Subscriber,
  { shownAt, commentSeq, threadKey }: { shownAt: number; commentSeq: number; threadKey: string },
): Promise<void> {
  const asked = { commentSeq, threadKey, until: Math.min(shownAt, now) }
  const to = { id, shown: maskedAddress(address) }
  const told = (await subscribers.askedFates(db, id, asked)).map((commentId) => ({
    ...fateRow(to, commentId, now),
    ...{ siteId, at: now, act: 'subscription.confirm' },
  }))
  await trustAddress(env, address)
  await subscribers.confirm(db, id, { ...asked, now, told })
}
