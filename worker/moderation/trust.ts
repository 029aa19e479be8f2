import type { Trust } from '../contract/findings.ts'
import type { SiteSettings } from '../contract/siteSettings.ts'

/** How many of an author's comments on a site were decided which way. */
export interface History {
  approved: number
  rejected: number
  spam: number
}

/** Trust from decided comments alone: never from a name or an e-mail address. */
export function trustOf(history: History, settings: Pick<SiteSettings, 'trustedAfter'>): Trust {
  if (history.approved === 0) return 'newcomer'
  const refused = history.rejected + history.spam
  return history.approved >= settings.trustedAfter && refused * 5 <= history.approved ? 'trusted' : 'known'
}
