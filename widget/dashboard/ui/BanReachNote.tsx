import type { BanReach } from '../../../worker/contract/banReach.ts'
import { absoluteTime } from '../../common/i18n.ts'
import { formatMessage, tag, words } from '../core/words.ts'

/** Whom a ban would hit today, which one it would extend, and why it has to be meant. */
export function BanReachNote({ reach }: { reach: BanReach | null }) {
  const w = words('bans').reach
  if (!reach) return null
  const { today, replaces, doubt } = reach
  const number = (count: number) => count.toLocaleString(tag())
  const until = replaces?.until
  return (
    <div class="quiet reach" role="status">
      {doubt && <p class="warn">{w.doubts[doubt]}</p>}
      <p>
        {today
          ? formatMessage(w.today, { authors: number(today.authors), comments: number(today.comments) })
          : w.unknown}
      </p>
      {replaces && (
        <p>
          {until ? formatMessage(w.extends, { time: absoluteTime(until, tag()) }) : w.already}
          {replaces.reason && ` ${formatMessage(w.reason, { reason: replaces.reason })}`}
        </p>
      )}
    </div>
  )
}
