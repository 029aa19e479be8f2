import type { Context } from 'hono'
import type * as v from 'valibot'
import { isTracking } from '../contract/canonicalKey.ts'
import { parse, single } from './input.ts'

type Asked = Pick<Context, 'req'>

type Parameters = (readonly [name: string, value: string])[]

/** What a public read asks for. */
export interface PublicQuery<Query> {
  query: Query
  /** Its path and query in one form, whatever the spelling: an answer may be kept by it. */
  cacheKey: string
  /** Whether it is spelt as in `isUsual`. */
  isUsual: boolean
}

/**
 * Reads the query of a public read. Tracking parameters are taken off, since links gather them on their way.
 *
 * @throws Refusal as `parse`; `invalid` for a parameter that is given twice
 */
export function publicQuery<Schema extends v.GenericSchema<unknown, Record<string, unknown>>>(
  c: Asked,
  schema: Schema,
): PublicQuery<v.InferOutput<Schema>> {
  const query = parse(schema, single(untracked(c.req.queries())))
  const parameters = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  )
  return { query, cacheKey: c.req.path + written(parameters), isUsual: isUsual(c, parameters) }
}

/** A query without what links gather on their way. */
export const untracked = (queries: Record<string, string[]>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(queries).filter(([name]) => !isTracking(name)))

const written = (parameters: Parameters) =>
  parameters.length > 0 ? `?${new URLSearchParams(parameters.map(([name, value]) => [name, value]))}` : ''

/**
 * Whether a read is asked for in one of the few spellings that the edge may keep its answer by, since it keeps answers by
 * path and query as they are written: the parameters in their order and in one form, defaults or none, the key as
 * `isUsualKey` has it, all escaped as `URLSearchParams` does, or with slashes as they are.
 *
 * @param parameters in their order and form
 */
export function isUsual(c: Asked, parameters: Parameters): boolean {
  const { pathname, search, searchParams } = new URL(c.req.url)
  if (pathname.includes('%')) return false
  const given = new Map(parameters.map(([name]) => [name, searchParams.getAll(name)]))
  const form = written(
    parameters.flatMap(([name, value]) => {
      const asked = given.get(name)?.shift()
      if (asked === undefined) return []
      return [[name, name === 'key' && isUsualKey(asked, value) ? asked : value]]
    }),
  )
  return search === form || search === form.replaceAll('%2F', '/')
}

/** Whether a key is canonical but for a slash at the end of its path and for escapes in small letters. */
function isUsualKey(asked: string, canonical: string): boolean {
  const small = canonical.replace(/%[0-9A-F]{2}/g, (escaped) => escaped.toLowerCase())
  return [canonical, small].some((key) => asked === key || asked === key.replace(/^\/[^?#]*[^/?#]/, '$&/'))
}
