import * as v from 'valibot'
import { line, uuid } from './input.ts'
import { limits } from './limits.ts'
import { statuses } from './status.ts'

/** The form of a page that a message to staff leads to. */
export const linkedForm = v.object({
  action: v.picklist(['approve', 'reject', 'reject_change', 'spam', 'undo']),
  reason: v.optional(line(limits.reason)),
  /** The status that was on the page. */
  status: v.optional(v.picklist(statuses)),
  /** The decision that was on the page, where it is to be undone. */
  decision: v.optional(uuid),
})
export type LinkedForm = v.InferOutput<typeof linkedForm>
