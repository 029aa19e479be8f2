import type { Policy } from './site.ts'

/** `GET /v1/session` and the answer to `POST /v1/session`. */
export interface Session {
  moderator: { id: string; name: string; role: Role }
  expiresAt: string | null
  sites: { id: string; name: string; locale: string; policy: Policy }[]
}

export type Role = 'moderator' | 'owner'
