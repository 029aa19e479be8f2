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

/** A ban in a list: of an author with what they called themselves last, and how that comment begins. */
export const listedBan = v.object({
  ...ban.entries,
  author: v.nullable(v.object({ name: v.string(), commentId: v.string(), excerpt: v.string() })),
})
export type ListedBan = v.InferOutput<typeof listedBan>

/** A ban that was added, and the one that it extends. */
export const addedBan = v.object({ ...ban.entries, replaced: v.nullable(ban) })
export type AddedBan = v.InferOutput<typeof addedBan>

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
  /** Whether a range that keeps out very many is meant. */
  confirm: v.optional(v.boolean(), false),
})

/** A new ban as it is sent. */
export type BanInput = v.InferInput<typeof newBan>

/** A new ban as it was read: `until` in milliseconds since the epoch. */
export type NewBan = v.InferOutput<typeof newBan>

/** The query of `GET /v1/bans`. */
export const bansQuery = v.strictObject({
  site: v.optional(siteId),
  /** An author's public id, an address, a range or a domain: bans of it, around it, or that begin so. */
  q: v.optional(line(253)),
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
  answers: { 200: page(listedBan) },
} satisfies Operation

export const addBan = {
  summary: 'Keeps an author, an address range or a domain out of a site, or extends such a ban.',
  body: newBan,
  answers: { 201: addedBan },
} satisfies Operation

/** The query of `DELETE /v1/bans/:id`: with `undo=true` the ban that it extended stands again. */
export const banRemoval = v.strictObject({ undo: v.optional(v.picklist(['true', 'false']), 'false') })

export const removeBan = {
  summary: 'Lifts a ban, or takes its adding back.',
  query: banRemoval,
  answers: { 204: null },
} satisfies Operation
