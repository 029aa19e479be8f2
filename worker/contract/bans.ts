export const banKinds = ['author', 'address', 'domain'] as const

export type BanKind = (typeof banKinds)[number]

export interface Ban {
  id: string
  siteId: string
  kind: BanKind
  /** A public author id, a CIDR range, or a host name. */
  value: string
  /** ISO 8601, or null for good. */
  until: string | null
  reason: string | null
  createdAt: string
}
