import * as v from 'valibot'
import { type ErrorCode, errorStatus } from '../contract/errors.ts'
import { Refusal } from './refusal.ts'

/**
 * Typed input out of unknown data. A strict schema refuses fields that it does not name; others leave them out.
 *
 * @throws Refusal that names the first field that is wrong, and how
 */
export function parse<Schema extends v.GenericSchema>(schema: Schema, data: unknown): v.InferOutput<Schema> {
  const listed = listForObject(schema, data, '')
  if (listed !== null) throw new Refusal('wrong_type', { ...(listed && { field: listed }) })
  const result = v.safeParse(schema, data, { abortEarly: true })
  if (result.success) return result.output
  const issue = result.issues[0]
  const field = v.getDotPath(issue as v.BaseIssue<unknown>) ?? ''
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

/** What schemas of objects and lists, and those around them, have besides what all have. */
type Nested = v.GenericSchema & {
  wrapped?: v.GenericSchema
  entries?: Record<string, v.GenericSchema>
  item?: v.GenericSchema
}

/** The path of the first list that stands in place of an object, or null: valibot takes an empty one for an object. */
function listForObject(schema: v.GenericSchema, data: unknown, path: string): string | null {
  const { wrapped, entries, item } = schema as Nested
  if (wrapped) return listForObject(wrapped, data, path)
  const isList = Array.isArray(data)
  if (entries && isList) return path
  const parts: [string, v.GenericSchema, unknown][] = []
  if (item && isList) for (const [at, one] of data.entries()) parts.push([String(at), item, one])
  else if (entries && typeof data === 'object' && data !== null)
    for (const [name, value] of Object.entries(data))
      if (Object.hasOwn(entries, name)) parts.push([name, entries[name] as v.GenericSchema, value])
  for (const [name, part, value] of parts) {
    const found = listForObject(part, value, path ? `${path}.${name}` : name)
    if (found !== null) return found
  }
  return null
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
