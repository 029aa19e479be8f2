import * as v from 'valibot'
import { moment } from './answers.ts'
import { line, visible } from './input.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'

/** Passkeys that one member of staff may have. */
export const mostPasskeys = 20

const name = v.pipe(line(100), visible)

/** Bytes in base64url, as browsers write what an authenticator says. */
const bytes = (most: number) => v.pipe(line(most), v.regex(/^[\w-]+$/, 'invalid'))

/** An id of at most 1,023 bytes, which is what WebAuthn lets a credential have. */
const credentialId = bytes(1364)

/** What all that an authenticator says has in common. */
const said = {
  id: credentialId,
  rawId: credentialId,
  type: v.literal('public-key'),
  authenticatorAttachment: v.optional(v.picklist(['platform', 'cross-platform'])),
}

/** A new credential, as `PublicKeyCredential.toJSON()` writes it. */
export const attestation = v.object({
  ...said,
  response: v.object({
    clientDataJSON: bytes(8000),
    attestationObject: bytes(64_000),
    transports: v.optional(v.pipe(v.array(line(30)), v.maxLength(10, 'invalid'))),
  }),
})
export type Attestation = v.InferOutput<typeof attestation>

/** What a credential signs in with, as `PublicKeyCredential.toJSON()` writes it. */
export const assertion = v.object({
  ...said,
  response: v.object({
    clientDataJSON: bytes(8000),
    authenticatorData: bytes(8000),
    signature: bytes(8000),
    userHandle: v.optional(bytes(100)),
  }),
})
export type Assertion = v.InferOutput<typeof assertion>

/** `POST /v1/passkeys`; without a name it is called after what made it. */
export const newPasskey = v.strictObject({ name: v.optional(name), credential: attestation })

/** `PATCH /v1/passkeys/:passkey` */
export const passkeyChange = v.strictObject({ name })

export const passkey = v.object({
  id: v.string(),
  name: v.string(),
  /** The host that it signs in to, and no other. */
  host: v.string(),
  /** Whether it is kept in several devices, by the account of who made it. */
  synced: v.boolean(),
  createdAt: moment,
  lastUsedAt: v.nullable(moment),
})
export type Passkey = v.InferOutput<typeof passkey>

/** What `navigator.credentials` takes, in the form of `PublicKeyCredential.parse…OptionsFromJSON`. */
const options = v.record(v.string(), v.unknown())

export const listPasskeys = {
  summary: 'Lists one’s own passkeys.',
  answers: { 200: page(passkey) },
} satisfies Operation

export const askForPasskey = {
  summary: 'Tells the browser what passkey to make: good for five minutes.',
  answers: { 200: options },
} satisfies Operation

export const addPasskey = {
  summary: 'Adds a passkey that the browser made.',
  body: newPasskey,
  answers: { 201: passkey },
} satisfies Operation

export const renamePasskey = {
  summary: 'Calls a passkey something else.',
  body: passkeyChange,
  answers: { 200: passkey },
} satisfies Operation

export const removePasskey = { summary: 'Removes a passkey.', answers: { 204: null } } satisfies Operation

export const askForAssertion = {
  summary: 'Tells the browser by what passkey to sign in: good once, for five minutes.',
  answers: { 200: options },
} satisfies Operation
