import type { CommentHistory } from '../contract/commentHistory.ts'
import type { SiteSettings } from '../contract/siteSettings.ts'
import type { Status } from '../contract/status.ts'
import { iso } from '../store/database.ts'

const day = 86_400_000

/** For how many days a comment is kept, by its status. */
const days = ({
  spamDays,
  deletedDays,
  rejectedDays,
  pendingDays,
}: SiteSettings): Partial<Record<Status, number>> => ({
  spam: spamDays,
  deleted: deletedDays,
  rejected: rejectedDays,
  pending: pendingDays,
})

/** What the terms of a comment count from; times in milliseconds since the epoch. */
export interface Kept {
  status: Status
  isShown: boolean
  isAppealed: boolean
  createdAt: number
  /** When its standing decision was taken, its import began and last worked; null where there is none. */
  decidedAt: number | null
  importBeganAt: number | null
  importWorkedAt: number | null
  hasEmail: boolean
  /** When the latest text was replaced that nothing needs; null where there is none. */
  replacedAt: number | null
  /** When the latest note about it was written; null where there is none. */
  notedAt: number | null
}

/** Until when a site keeps a comment and its parts: the cron removes them within a day from then. */
export function keptUntil(settings: SiteSettings, kept: Kept): CommentHistory['keptUntil'] {
  const end = (from: number | null, term: number | undefined) =>
    from === null || !term ? null : iso(from + term * day)
  const { createdAt, decidedAt, importBeganAt, importWorkedAt, isShown, isAppealed } = kept
  const stays = isShown || isAppealed
  return {
    comment: stays
      ? null
      : end(Math.max(createdAt, decidedAt ?? 0, importBeganAt ?? 0), days(settings)[kept.status]),
    email: kept.hasEmail ? end(importWorkedAt ?? createdAt, settings.emailDays) : null,
    formerTexts: isAppealed ? null : end(kept.replacedAt, settings.formerTextDays),
    notes: end(kept.notedAt, settings.noteDays),
  }
}
