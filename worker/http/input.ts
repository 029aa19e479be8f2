import * as v from 'valibot'
import { type ErrorCode, errorStatus } from '../contract/errors.ts'
import { Refusal } from './refusal.ts'

/**
 * Typed input out of unknown data. A strict schema refuses fields that it does not name; others leave them out.
 *
 * @param prefix path of `data` in the request, for error messages
 * @throws Refusal that names the first field that is wrong, and how
 */
export function parse<Schema extends v.GenericSchema>(
  schema: Schema,
  data: unknown,
  prefix = '',
): v.InferOutput<Schema> {
  if (/^(strict_)?object$/.test(schema.type) && Array.isArray(data)) throw new Refusal('wrong_type')
  const result = v.safeParse(schema, data, { abortEarly: true })
  if (result.success) return result.output
  const issue = result.issues[0]
  const field = prefix + (v.getDotPath(issue as v.BaseIssue<unknown>) ?? '')
  if (issue.kind === 'schema') {
    if (issue.type === 'strict_object' && issue.expected === 'never')
      throw new Refusal('unknown_field', { field })
    if (issue.received === 'undefined' && field) throw new Refusal('missing', { field })
    if (issue.type !== 'picklist') throw new Refusal('wrong_type', { ...(field && { field }) })
  }
  const [code = '', limit] = issue.message.split(' ')
  throw new Refusal((code in errorStatus ? code : 'invalid') as ErrorCode, {
    ...(field && { field }),
    ...(limit && Number.isFinite(Number(limit)) && { limit: Number(limit) }),
  })
}

/** Query parameters that may be given once only. */
export function single(queries: Record<string, string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(queries).map(([field, values]) => {
      if (values.length > 1) throw new Refusal('invalid', { field })
      return [field, values[0] as string]
    }),
  )
}
