import * as v from 'valibot'
import type { Operation } from './operation.ts'

export const readOpenApi = {
  summary: 'Describes this API, as OpenAPI 3.1.',
  answers: { 200: v.looseObject({ openapi: v.string() }) },
} satisfies Operation
