import * as v from 'valibot'
import { moment } from './answers.ts'
import { banWidths } from './authorNetworks.ts'
import { line, siteId, time } from './input.ts'
import { limits } from './limits.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'

export const banKinds = ['author', 'address', 'domain'] as const

export type BanKind = (typeof banKinds)[number]

export const ban = v.object({
  id: v.string(),
  siteId: v.string(),
  kind: v.picklist(banKinds),
  /** A public author id, a CIDR range, or a host name. */
  value: v.string(),
  /** Null for good. */
  until: v.nullable(moment),
  reason: v.nullable(v.string()),
  createdAt: moment,
  /** How much of the author's network of the day it keeps out too, and until when; null for nothing. */
  network: v.nullable(v.object({ width: v.picklist(banWidths), until: moment })),
})
export type Ban = v.InferOutput<typeof ban>

/** `POST /v1/bans` */
export const newBan = v.strictObject({
  siteId,
  kind: v.picklist(banKinds),
  /** A public author id, an address or CIDR range, or a host name. */
  value: line(253),
  /** ISO 8601; null or left out for good. */
  until: v.nullish(time),
  reason: v.nullish(line(limits.reason)),
  /** With an author, how much of where they wrote from today: until today ends (UTC), or the ban. */
  network: v.nullish(v.picklist(banWidths)),
})

/** A new ban as it was read: `until` in milliseconds since the epoch. */
export type NewBan = v.InferOutput<typeof newBan>

/** The query of `GET /v1/bans`. */
export const bansQuery = v.strictObject({
  site: v.optional(siteId),
  /** Where the page before ended. */
  cursor: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,16}~[\w-]{1,36}$/, 'invalid'),
      v.transform((cursor) => {
        const [createdAt = '', id = ''] = cursor.split('~')
        return { createdAt: Number(createdAt), id }
      }),
    ),
  ),
})

export const listBans = {
  summary: 'Lists who is kept out of your sites, the latest ban first.',
  query: bansQuery,
  answers: { 200: page(ban) },
} satisfies Operation

export const addBan = {
  summary: 'Keeps an author, an address range or a domain out of a site, or renews such a ban.',
  body: newBan,
  answers: { 201: ban },
} satisfies Operation

export const removeBan = { summary: 'Lifts a ban.', answers: { 204: null } } satisfies Operation
