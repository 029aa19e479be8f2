import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import { siteId } from './input.ts'
import type { Operation } from './operation.ts'

/** How much of where an author writes from: their address (for IPv6 its /64), or the /24 or /48 around it. */
export const banWidths = ['address', 'network'] as const
export type BanWidth = (typeof banWidths)[number]

/** Comments of the day that are looked at for it. */
export const mostOthers = 1_000

/** Others of the site who wrote from there today; at 1,000 comments it stops to count. */
const others = v.object({ authors: whole, comments: whole })

/** `GET /v1/authors/:id/networks` */
export const authorNetworks = v.object({
  /** When today ends: from then on nobody can tell whose network it was. */
  until: moment,
  /** Null where the author did not write today, or their address is shared by all. */
  others: v.nullable(v.object({ address: others, network: others })),
})
export type AuthorNetworks = v.InferOutput<typeof authorNetworks>

export const authorNetworksQuery = v.strictObject({ site: siteId })

export const readAuthorNetworks = {
  summary: 'Tells whom a ban of an author and of their network would hit besides.',
  query: authorNetworksQuery,
  answers: { 200: authorNetworks },
} satisfies Operation
