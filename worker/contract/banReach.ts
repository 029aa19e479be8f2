import * as v from 'valibot'
import { whole } from './answers.ts'
import { ban, banKinds } from './bans.ts'
import { line, siteId } from './input.ts'
import type { Operation } from './operation.ts'

/** Comments of the day that are looked at for it. */
export const mostReached = 1_000

/** `GET /v1/bans/reach` */
export const banReach = v.object({
  /** In the one form that such bans have. */
  value: v.string(),
  /** Why it has to be meant: so wide that very many would be kept out, addresses of a private network, or the site’s own domain. */
  doubt: v.nullable(v.picklist(['wide', 'private', 'suffix', 'own'])),
  /** Who wrote to the site today and would be kept out; at 1,000 comments it stops to count. Null where it cannot be told. */
  today: v.nullable(v.object({ authors: whole, comments: whole })),
  /** The ban that stands and would be extended. */
  replaces: v.nullable(ban),
})
export type BanReach = v.InferOutput<typeof banReach>

export const banReachQuery = v.strictObject({
  site: siteId,
  kind: v.picklist(banKinds),
  /** An author's public id, an address or CIDR range, or a host name. */
  value: line(253),
})

export const readBanReach = {
  summary: 'Tells whom a ban would hit of those who wrote today, and which ban it would extend.',
  query: banReachQuery,
  answers: { 200: banReach },
} satisfies Operation
