export const proofs = ['none', 'work', 'turnstile'] as const

/** How a site asks who writes to prove that they are a person: not at all, by the browser's work, by Turnstile. */
export type Proof = (typeof proofs)[number]

export interface SiteSettings {
  /** Longest body, in code points: at most 65,000. */
  bodyLimit: number
  /** Minutes after posting within which an approved comment can still be edited. */
  editMinutes: number
  /** Approved comments after which an author is trusted. */
  trustedAfter: number
  /** Links beyond which a comment is held. */
  maxLinks: number
  /** Whether screening may publish, and may call spam, what it has learnt to tell; else a person does. */
  automaticApproval: boolean
  automaticSpam: boolean
  /** The share of spam that may be published by mistake, and of good comments that may be taken for spam. */
  errorRate: number
  /** The share of automatic verdicts that a person decides again, without being told them. */
  auditShare: number
  /** A comment waits for a person until its author has so many approved ones; 0 is off. */
  holdFirst: number
  /** … until so many days after its author's first approved one; 0 is off. */
  holdDays: number
  /** … when it links anywhere. */
  holdLinks: boolean
  /** … when it links to a domain that no approved comment of the site links to. */
  holdNewDomains: boolean
  /** … when it comes between these hours (0 to 23, `to` excluded, may pass midnight) of a time zone. */
  holdNight: { from: number; to: number; timeZone: string } | null
  /** Distinct readers whose flags bring a shown comment before a person again. */
  flagThreshold: number
  proof: Proof
  /** Turnstile's public key; its secret is set by `PUT /v1/sites/:site/turnstile` and never told. */
  turnstileSiteKey: string
}

/** What a site does where it has not chosen. */
export const defaultSettings: SiteSettings = {
  bodyLimit: 10_000,
  editMinutes: 15,
  trustedAfter: 3,
  maxLinks: 2,
  automaticApproval: true,
  automaticSpam: true,
  errorRate: 0.01,
  auditShare: 0.03,
  holdFirst: 0,
  holdDays: 0,
  holdLinks: false,
  holdNewDomains: false,
  holdNight: null,
  flagThreshold: 3,
  proof: 'none',
  turnstileSiteKey: '',
}
