import * as v from 'valibot'
import { moment } from './answers.ts'
import { authorName } from './authorName.ts'
import { line, timeZone, visible } from './input.ts'
import { languages } from './languages.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'
import { assertion } from './passkeys.ts'
import { policies } from './policies.ts'
import { roles } from './roles.ts'

/** The most days that a session can last without a visit: browsers keep no cookie longer. */
export const mostSessionDays = 400

/** `GET /v1/session` and the answer to `POST /v1/session`. */
export const session = v.object({
  moderator: v.object({
    id: v.string(),
    name: v.string(),
    role: v.picklist(roles),
    /** Whether every site is theirs, those that are added later among them. */
    everySite: v.boolean(),
    /** What they chose for themselves; null where the browser decides. */
    locale: v.nullable(v.picklist(languages)),
    timeZone: v.nullable(v.string()),
  }),
  expiresAt: v.nullable(moment),
  /** Those of the sites that are theirs. */
  sites: v.array(
    v.object({
      ...{ id: v.string(), name: v.string(), locale: v.string(), policy: v.picklist(policies) },
      /** Whether it is archived, and in no menu. */
      archived: v.optional(v.literal(true)),
    }),
  ),
})
export type Session = v.InferOutput<typeof session>

/**
 * `POST /v1/session`: what a sign-in link carries, what a passkey signed, or that Cloudflare Access says who it is; and the
 * browser’s time zone, by which people know a session again. One that is not known here keeps nobody out.
 */
export const signIn = v.strictObject({
  token: v.optional(line(200)),
  passkey: v.optional(assertion),
  access: v.optional(v.literal(true)),
  timeZone: v.optional(line(100)),
})

/** The query of `DELETE /v1/session`: `all=1` ends every session of who asks. */
export const signOutQuery = v.strictObject({ all: v.optional(v.literal('1')) })

/** `POST /v1/sign-in-links` */
export const newSignInLink = v.strictObject({ name: v.optional(v.pipe(line(100), visible), 'owner') })

export const startSession = {
  summary: 'Signs in by a one-time link, a passkey or Cloudflare Access; the session is a cookie.',
  body: signIn,
  answers: { 201: session },
} satisfies Operation

export const readSession = {
  summary: 'Tells who asks, and which sites are theirs.',
  answers: { 200: session },
} satisfies Operation

export const endSession = {
  summary: 'Signs out, with `all=1` everywhere.',
  query: signOutQuery,
  answers: { 204: null },
} satisfies Operation

/** `PATCH /v1/session`: what people say of themselves; null leaves it to the browser. */
export const accountChange = v.strictObject({
  name: v.optional(authorName),
  locale: v.optional(v.nullable(v.picklist(languages))),
  timeZone: v.optional(v.nullable(timeZone)),
})
export type AccountChange = v.InferOutput<typeof accountChange>

export const changeAccount = {
  summary: 'Changes your own name, language or time zone.',
  body: accountChange,
  answers: { 200: session },
} satisfies Operation

/** An item of `GET /v1/sessions`. */
export const sessionOfPerson = v.object({
  id: v.string(),
  /** Whether it is the one that asks. */
  current: v.boolean(),
  /** What it was begun with, as far as the browser said: `Firefox` on `Android`, in `Asia/Tokyo`. */
  browser: v.nullable(v.string()),
  system: v.nullable(v.string()),
  timeZone: v.nullable(v.string()),
  startedAt: moment,
  /** To the hour. */
  seenAt: moment,
  expiresAt: moment,
})
export type SessionOfPerson = v.InferOutput<typeof sessionOfPerson>

/** The query of `GET /v1/sessions`: whose, if not one’s own. */
export const sessionsQuery = v.strictObject({ staff: v.optional(line(100)) })

export const listSessions = {
  summary: 'Lists where you are signed in, or where somebody is whom you may remove.',
  query: sessionsQuery,
  answers: { 200: page(sessionOfPerson) },
} satisfies Operation

export const endOneSession = {
  summary: 'Ends a session of yours, or of somebody whom you may remove.',
  answers: { 204: null },
} satisfies Operation

export const makeSignInLink = {
  summary: 'Makes a link that signs a member of staff in, once.',
  body: newSignInLink,
  answers: { 201: v.object({ token: v.string(), url: v.string(), expiresAt: moment }) },
} satisfies Operation
