import * as v from 'valibot'
import { moment } from './answers.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'

const provider = v.object({
  /** As paths have it. */
  id: v.string(),
  /** What people call it. */
  name: v.string(),
})

/** `GET /v1/session/ways` */
const signInWays = v.object({
  /** Providers of accounts by which people may sign in. */
  providers: v.array(provider),
  /** Whether Cloudflare Access says who somebody is. */
  access: v.boolean(),
})
export type SignInWays = v.InferOutput<typeof signInWays>

/** An account elsewhere by which somebody signs in. */
const connectedAccount = v.object({
  id: v.string(),
  provider,
  /** What people know the account by: an e-mail address or a name. */
  label: v.string(),
  createdAt: moment,
  lastUsedAt: v.nullable(moment),
})
export type ConnectedAccount = v.InferOutput<typeof connectedAccount>

/** Where the browser goes on, or null where it is done. */
const wayOn = v.object({ url: v.nullable(v.string()) })
export type WayOn = v.InferOutput<typeof wayOn>

export const listWays = {
  summary: 'Tells by what people may sign in here, besides links and passkeys.',
  answers: { 200: signInWays },
} satisfies Operation

export const setOut = {
  summary: 'Sets out to sign in at a provider: tells where to go.',
  answers: { 200: wayOn },
} satisfies Operation

export const listConnectedAccounts = {
  summary: 'Lists one’s own accounts elsewhere by which one signs in.',
  answers: { 200: page(connectedAccount) },
} satisfies Operation

export const connectAccount = {
  summary:
    'Connects an account at a provider: tells where to go, or `null` where Cloudflare Access said who one is.',
  answers: { 200: wayOn },
} satisfies Operation

export const disconnectAccount = {
  summary: 'Ends that one signs in by an account elsewhere.',
  answers: { 204: null },
} satisfies Operation
