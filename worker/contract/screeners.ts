import * as v from 'valibot'
import { moment } from './answers.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'

export const screeners = ['akismet', 'openai', 'workers_ai', 'webhook'] as const

/** Services outside that a site may have asked about its comments. */
export type ScreenerKind = (typeof screeners)[number]

const fields = {
  kind: v.picklist(screeners),
  /** Where it is asked, or the model's name at Workers AI. */
  target: v.string(),
  /** What it said last: when, and whether it answered as it should. */
  last: v.nullable(v.object({ at: moment, answered: v.boolean(), detail: v.string() })),
}

/**
 * `GET /v1/sites/:site/screeners`; its secrets are never told again. `PUT …/screeners/:kind` answers with
 * `secret` besides where it made one, once.
 */
export const screener = v.object(fields)
export type Screener = v.InferOutput<typeof screener>

export const listScreeners = {
  summary: 'Lists the services outside that a site has asked about its comments.',
  answers: { 200: page(screener) },
} satisfies Operation

export const setScreener = {
  summary: 'Configures a service, in place of what was configured before.',
  answers: { 200: v.object({ ...fields, secret: v.optional(v.string()) }) },
} satisfies Operation

export const removeScreener = {
  summary: 'Has a service asked no more.',
  answers: { 204: null },
} satisfies Operation

export const setTurnstile = {
  summary: 'Sets the secret that Turnstile gave to a site. It is never told again.',
  answers: { 204: null },
} satisfies Operation

export const removeTurnstile = {
  summary: 'Forgets the secret, unless the site still asks for Turnstile.',
  answers: { 204: null },
} satisfies Operation
