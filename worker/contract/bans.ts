import * as v from 'valibot'
import { line, siteId, time } from './fields.ts'
import { limits } from './limits.ts'

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

/** `POST /v1/bans` */
export const newBan = v.strictObject({
  siteId,
  kind: v.picklist(banKinds),
  /** A public author id, an address or CIDR range, or a host name. */
  value: line(253),
  /** ISO 8601; null or left out for good. */
  until: v.nullish(time),
  reason: v.nullish(line(limits.reason)),
})

/** The query of `GET /v1/bans`. */
export const bansQuery = v.strictObject({ site: v.optional(siteId) })
