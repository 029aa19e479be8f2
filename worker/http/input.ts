import * as v from 'valibot'
import { type ErrorCode, errorStatus } from '../contract/errors.ts'
import { line } from '../contract/input.ts'
import { limits } from '../contract/limits.ts'
import { Refusal } from './refusal.ts'

export { amount, count, line, paragraphs, timeZone, visible } from '../contract/input.ts'

/**
 * The JSON of a request body.
 *
 * @throws Refusal `too_large`, `invalid_utf8` or `invalid_json`
 */
export async function readJson(request: Request): Promise<unknown> {
  return parseJson(await readText(request))
}

/**
 * What a JSON text says.
 *
 * @throws Refusal `invalid_json`
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal('invalid_json')
  }
}

/**
 * The text of a request body. Reading stops at the limit, whatever the headers say of its length.
 *
 * @throws Refusal `too_large` or `invalid_utf8`
 */
export async function readText(request: Request, limit: number = limits.request): Promise<string> {
  const bytes = await readBytes(request, limit)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    throw new Refusal('invalid_utf8')
  }
}

async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  const tooLarge = new Refusal('too_large', { limit })
  if (Number(request.headers.get('content-length')) > limit) {
    await request.body?.cancel()
    throw tooLarge
  }
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength
    if (length > limit) throw tooLarge
    chunks.push(chunk)
  }
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}

/**
 * Typed input out of unknown data. Unknown fields are refused where the schema is strict, else left out.
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

export const uuid = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'invalid'),
  v.toLowerCase(),
)

/** What people type for a website: `blog.example` is `https://blog.example`. */
export const website = (schema: v.GenericSchema<string, string>) =>
  v.pipe(
    v.string(),
    v.transform((text) =>
      /^[\w-]+(\.[\w-]+)+([/:?#]|$)/.test(text.trim()) ? `https://${text.trim()}` : text,
    ),
    schema,
  )

/** An http or https address without credentials. */
export const webAddress = v.pipe(
  line(limits.url),
  v.check((text) => {
    if (!/^https?:\/\/[^/\\]/i.test(text) || /[\s<>"'`\\]/.test(text) || !URL.canParse(text)) return false
    const url = new URL(text)
    return !url.username && !url.password
  }, 'invalid'),
)

/** One plain mail address: no names, groups, routes or literals. */
export const mailAddress = v.pipe(
  line(limits.email),
  v.regex(
    /^[^\s@<>()[\]\\,;:"'%]{1,64}@(?=.{1,253}$)[^\s@<>()[\]\\,;:"'%.]{1,63}(\.[^\s@<>()[\]\\,;:"'%.]{1,63})+$/u,
    'invalid',
  ),
)

const blank = v.pipe(
  v.string(),
  v.transform(() => ''),
)

/** An optional field in which an empty text means none. */
export const optional = (schema: v.GenericSchema<string, string>) =>
  v.pipe(
    v.nullish(
      v.lazy((input) => (typeof input === 'string' && input.trim() === '' ? blank : schema)),
      '',
    ),
    v.transform((text): string | null => text || null),
  )

/** A time in ISO 8601, as milliseconds since the epoch. */
export const time = v.pipe(
  v.string(),
  v.check((text) => /^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(Date.parse(text)), 'invalid'),
  v.transform(Date.parse),
)
