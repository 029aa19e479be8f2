import type { SettingName } from './siteSettings.ts'

/** Settings that say for how many days something is kept. */
export const keptTerms = [
  'spamDays',
  'deletedDays',
  'rejectedDays',
  'pendingDays',
  'emailDays',
  'formerTextDays',
  'noteDays',
  'deliveryDays',
] as const satisfies SettingName[]
export type KeptTerm = (typeof keptTerms)[number]
