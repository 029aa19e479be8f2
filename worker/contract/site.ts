import type { SiteSettings } from './siteSettings.ts'

export const policies = ['premoderate', 'trusted', 'postmoderate'] as const

/** Who waits for a person: everyone, those not yet trusted, or only what screening doubts. */
export type Policy = (typeof policies)[number]

export interface Site {
  id: string
  name: string
  /** Where its pages live: `https://blog.example`; a loopback host may have any port, `http://localhost:*`. */
  origins: string[]
  /** BCP 47. */
  locale: string
  policy: Policy
  settings: SiteSettings
  createdAt: string
}
