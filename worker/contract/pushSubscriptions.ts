import * as v from 'valibot'
import { moment } from './answers.ts'
import { testResult } from './endpoints.ts'
import { line } from './input.ts'
import { limits } from './limits.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'

/** Devices on which a person is told by web push, at most. */
export const mostDevices = 10

/** `POST /v1/push-subscriptions`: a `PushSubscription` of the browser, as its `toJSON` has it. */
export const newPushSubscription = v.strictObject({
  /** Where the browser's push service takes messages; whether it may be asked says `requireAskable`. */
  endpoint: v.pipe(line(limits.url), v.regex(/^https:\/\/[^\s@/]+\/./, 'invalid')),
  keys: v.strictObject({
    /** A point of P-256, uncompressed, base64url. */
    p256dh: v.pipe(v.string(), v.regex(/^B[A-P][\w-]{85}$/, 'invalid')),
    /** 16 bytes, base64url. */
    auth: v.pipe(v.string(), v.regex(/^[\w-]{22}$/, 'invalid')),
  }),
})
export type NewPushSubscription = v.InferOutput<typeof newPushSubscription>

export const pushSubscription = v.object({
  id: v.string(),
  endpoint: v.string(),
  /** What the browser and its system call themselves. */
  name: v.string(),
  createdAt: moment,
  lastToldAt: v.nullable(moment),
})
export type PushSubscriptionView = v.InferOutput<typeof pushSubscription>

/** `GET /v1/push-subscriptions` */
const pushSubscriptions = v.object({
  ...page(pushSubscription).entries,
  /** By which a browser subscribes: `applicationServerKey`. */
  publicKey: v.string(),
})
export type PushSubscriptions = v.InferOutput<typeof pushSubscriptions>

export const listPushSubscriptions = {
  summary: 'Lists the devices on which you are told by web push, with the key by which a browser subscribes.',
  answers: { 200: pushSubscriptions },
} satisfies Operation

export const addPushSubscription = {
  summary: 'Has you told on a device by web push. What is subscribed already stays, and is yours.',
  body: newPushSubscription,
  answers: { 201: pushSubscription },
} satisfies Operation

export const removePushSubscription = {
  summary: 'Has you told on a device no more.',
  answers: { 204: null },
} satisfies Operation

export const testPushSubscription = {
  summary: 'Sends a test to a device, and says what its push service answered.',
  answers: { 200: testResult },
} satisfies Operation
