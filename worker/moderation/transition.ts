import { type Action, statusAfter } from '../contract/decisions.ts'
import type { Status } from '../contract/status.ts'

/** What of a comment a decision changes. */
export interface State {
  status: Status
  revision: number
  /** The revision readers see, or null. */
  shownRevision: number | null
}

/** Whether readers see an earlier text than the latest. */
export const hasEarlierText = ({ revision, shownRevision }: State) =>
  shownRevision !== null && shownRevision < revision

/** The state a comment has after an action. Pure. */
export function transition(state: State, action: Action): State {
  const status = statusAfter[action]
  if (action === 'reject_change') return { ...state, status }
  return { ...state, status, shownRevision: status === 'approved' ? state.revision : null }
}
