import * as v from 'valibot'
import { whole } from './answers.ts'
import { type ErrorCode, errorStatus } from './errors.ts'

/** An `ErrorDetail` as an answer. */
export const errorDetail = v.object({
  code: v.picklist(Object.keys(errorStatus) as ErrorCode[]),
  message: v.string(),
  field: v.optional(v.string()),
  limit: v.optional(whole),
})

/** An `ErrorBody` as an answer. */
export const errorBody = v.object({ error: errorDetail })
