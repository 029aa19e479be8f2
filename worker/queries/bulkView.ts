import type { BulkAct } from '../contract/bulkActs.ts'
import { type BanRow, banOf } from '../store/bans.ts'
import type { BulkRow } from '../store/bulkActs.ts'
import { iso } from '../store/database.ts'

/** An act on many as staff see it. */
export const bulkView = (act: BulkRow, ban: BanRow | null): BulkAct => ({
  id: act.id,
  action: act.action,
  reason: act.reason,
  by: act.actor.name,
  at: iso(act.madeAt),
  state: act.state,
  matching: act.matching,
  decided: act.decided,
  left: act.passedOver,
  restored: act.restored,
  ban: ban && banOf(ban),
})
