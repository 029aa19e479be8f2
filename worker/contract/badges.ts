import * as v from 'valibot'
import { line, visible } from './input.ts'
import { limits } from './limits.ts'
import type { Operation } from './operation.ts'

/** `PUT /v1/authors/:id/badge`: null takes it. */
export const badgeChange = v.strictObject({ badge: v.nullable(v.pipe(line(limits.badge), visible)) })

export const giveBadge = {
  summary: 'Gives an author a badge beside their name, or takes it.',
  body: badgeChange,
  answers: { 204: null },
} satisfies Operation
