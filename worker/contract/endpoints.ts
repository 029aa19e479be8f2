import * as v from 'valibot'
import { moment } from './answers.ts'
import { endpointKinds } from './endpointKinds.ts'
import { line, siteId, visible } from './input.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'
import { toldTypes } from './told.ts'

/** Endpoints that a site may have. */
export const mostEndpoints = 20

const fields = {
  id: v.string(),
  site: v.string(),
  kind: v.picklist(endpointKinds),
  name: v.string(),
  /** Where it is, without its secrets. */
  target: v.string(),
  types: v.array(v.picklist(toldTypes)),
  paused: v.boolean(),
  createdAt: moment,
  /** Since when nothing could be delivered, and what was answered last; null where it works. */
  failing: v.nullable(v.object({ since: moment, answer: v.string() })),
  /** When it was disabled, after five days of nothing but failures or since it said that it is gone. */
  disabledAt: v.nullable(moment),
  /**
   * The person of staff whose private chat it is: its links let them decide without signing in. Null for any other, and where they
   * decide no more on that site.
   */
  decidesAs: v.nullable(v.string()),
}

/** An item of `GET /v1/webhooks`: a webhook or a chat. */
export const endpoint = v.object(fields)
export type Endpoint = v.InferOutput<typeof endpoint>

/** With the secret that signs what goes to a webhook: told once. */
const madeEndpoint = v.object({ ...fields, secret: v.optional(v.string()) })
export type MadeEndpoint = v.InferOutput<typeof madeEndpoint>

const types = v.pipe(
  v.array(v.picklist(toldTypes, 'invalid')),
  v.minLength(1, 'missing'),
  v.transform((all) => toldTypes.filter((one) => all.includes(one))),
)
const name = v.pipe(line(100), visible)

/**
 * What its kind asks for: `url` of a webhook, of Slack and of Discord; `token` and `chat` of Telegram; `token` and `to` of
 * LINE; `url`, `token` and `room` of Matrix.
 */
const config = v.record(v.string(), v.string())

/**
 * Whether it is the private chat of whoever asks, so that its links let them decide without signing in. Only a user of
 * Telegram or LINE can be; with another `config` it is none until that is said anew.
 */
const mine = v.boolean()

/** `POST /v1/webhooks` */
export const newEndpoint = v.strictObject({
  site: siteId,
  kind: v.picklist(endpointKinds, 'invalid'),
  name,
  types,
  config,
  mine: v.optional(mine, false),
})
export type NewEndpoint = v.InferInput<typeof newEndpoint>

/** `PATCH /v1/webhooks/:id`: `paused: false` also has a disabled one told again. */
export const endpointChange = v.strictObject({
  name: v.optional(name),
  types: v.optional(types),
  paused: v.optional(v.boolean()),
  config: v.optional(config),
  mine: v.optional(mine),
})
export type EndpointChange = v.InferOutput<typeof endpointChange>

export const endpointsQuery = v.strictObject({ site: siteId })

export const listEndpoints = {
  summary: 'Lists the webhooks and chats that a site has told what happens there.',
  query: endpointsQuery,
  answers: { 200: page(endpoint) },
} satisfies Operation

export const addEndpoint = {
  summary: 'Has a webhook or a chat told. The secret of a webhook can be read in this answer only.',
  body: newEndpoint,
  answers: { 201: madeEndpoint },
} satisfies Operation

export const changeEndpoint = {
  summary: 'Changes, pauses or resumes a webhook or a chat.',
  body: endpointChange,
  answers: { 200: endpoint },
} satisfies Operation

export const removeEndpoint = {
  summary: 'Has a webhook or a chat told no more.',
  answers: { 204: null },
} satisfies Operation

/** What came of a test. */
export const testResult = v.object({ delivered: v.boolean(), answer: v.string() })
export type TestResult = v.InferOutput<typeof testResult>

export const testEndpoint = {
  summary: 'Sends a test message to a webhook or a chat, and says what was answered.',
  answers: { 200: testResult },
} satisfies Operation

const rotatedSecret = v.object({ secret: v.string(), formerUntil: moment })
export type RotatedSecret = v.InferOutput<typeof rotatedSecret>

export const rotateSecret = {
  summary: 'Gives a webhook another secret. For a day what it is sent is signed with both.',
  answers: { 200: rotatedSecret },
} satisfies Operation
