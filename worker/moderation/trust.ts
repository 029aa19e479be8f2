import type { Trust, TrustPin } from '../contract/findings.ts'
import type { SiteSettings } from '../contract/siteSettings.ts'

/** How many of an author's comments on a site were decided which way. */
export interface History {
  approved: number
  rejected: number
  spam: number
}

/**
 * Trust from decided comments alone: never from a name or an e-mail address. Staff can settle it: whom they trust is
 * trusted, and whom they hold never is.
 */
export function trustOf(
  history: History,
  settings: Pick<SiteSettings, 'trustedAfter'>,
  pinned: TrustPin | null = null,
): Trust {
  if (pinned === 'trusted') return 'trusted'
  if (history.approved === 0) return 'newcomer'
  const refused = history.rejected + history.spam
  const isTrusted = history.approved >= settings.trustedAfter && refused * 5 <= history.approved
  return isTrusted && pinned === null ? 'trusted' : 'known'
}
