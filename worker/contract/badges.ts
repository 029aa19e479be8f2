import * as v from 'valibot'
import { line, visible } from './fields.ts'
import { limits } from './limits.ts'

/** `PUT /v1/authors/:id/badge`: null takes it. */
export const badgeChange = v.strictObject({ badge: v.nullable(v.pipe(line(limits.badge), visible)) })
