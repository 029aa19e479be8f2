import type { FlagReason } from '../../../worker/contract/flagReasons.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { formatMessage, words } from './words.ts'

/** What readers said is wrong with a comment, in one line of words and counts; the most frequent first. */
export function flagWords({ reasons }: NonNullable<QueueItem['flags']>): string {
  const w = words()
  const said = (Object.entries(reasons) as [FlagReason, number][])
    .toSorted(([, one], [, other]) => other - one)
    .map(([reason, count]) =>
      formatMessage(w.told.reason, { reason: w.told.reasons[reason] ?? reason, count }),
    )
  return formatMessage(w.told.chip, { reasons: said.join(w.comma) })
}
