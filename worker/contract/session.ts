import * as v from 'valibot'
import { line, visible } from './fields.ts'
import type { Policy } from './site.ts'

/** `GET /v1/session` and the answer to `POST /v1/session`. */
export interface Session {
  moderator: { id: string; name: string; role: Role }
  expiresAt: string | null
  sites: { id: string; name: string; locale: string; policy: Policy }[]
}

export type Role = 'moderator' | 'owner'

/** `POST /v1/session`: what a sign-in link carries. */
export const signIn = v.strictObject({ token: line(200) })

/** The query of `DELETE /v1/session`: `all=1` ends every session of who asks. */
export const signOutQuery = v.strictObject({ all: v.optional(v.literal('1')) })

/** `POST /v1/sign-in-links` */
export const newSignInLink = v.strictObject({ name: v.optional(v.pipe(line(100), visible), 'owner') })
