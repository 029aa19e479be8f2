import * as v from 'valibot'
import { moment } from './answers.ts'
import { line, siteId, time, visible } from './input.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'

export const scopes = ['read', 'moderate', 'own'] as const

/** What may be done: read what moderators read, moderate, or all that an owner may. */
export type Scope = (typeof scopes)[number]

const fields = {
  id: v.string(),
  name: v.string(),
  scope: v.picklist(scopes),
  /** The one site it is for; null for all. */
  site: v.nullable(v.string()),
  createdAt: moment,
  /** When it ends; null for never. */
  expiresAt: v.nullable(moment),
  /** To the hour. */
  lastUsedAt: v.nullable(moment),
  /** The name of who made it; null for the operator. */
  madeBy: v.nullable(v.string()),
}

/** `GET /v1/tokens`; `POST` answers with `token` besides, once. */
export const apiToken = v.object(fields)
export type ApiToken = v.InferOutput<typeof apiToken>

/** `POST /v1/tokens`: without scope, site and end it may do everything, for good. */
export const newToken = v.strictObject({
  name: v.pipe(line(100), visible),
  scope: v.optional(v.picklist(scopes), 'own'),
  site: v.nullish(siteId),
  expiresAt: v.nullish(time),
})

const madeToken = v.object({ ...fields, token: v.string() })
export type MadeToken = v.InferOutput<typeof madeToken>

/** The query of `GET /v1/tokens`. */
export const tokensQuery = v.strictObject({
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

export const listTokens = {
  summary: 'Lists the API tokens, the latest first, without what they open with.',
  query: tokensQuery,
  answers: { 200: page(apiToken) },
} satisfies Operation

export const makeToken = {
  summary: 'Makes an API token; it can be read in this answer only.',
  body: newToken,
  answers: { 201: madeToken },
} satisfies Operation

export const revokeToken = { summary: 'Revokes an API token.', answers: { 204: null } } satisfies Operation
