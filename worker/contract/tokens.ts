import * as v from 'valibot'
import { line, visible } from './fields.ts'

/** `GET /v1/tokens`; `POST` answers with `token` besides, once. */
export interface ApiToken {
  id: string
  name: string
  createdAt: string
  lastUsedAt: string | null
}

/** `POST /v1/tokens` */
export const newToken = v.strictObject({ name: v.pipe(line(100), visible) })
