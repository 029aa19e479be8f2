import { exports } from 'cloudflare:workers'
import { type Schema, Validator } from '@cfworker/json-schema'
import { expect } from 'vitest'

interface Described {
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}

interface Document {
  paths: Record<string, Record<string, Described>>
  components: { schemas: Record<string, Schema> }
}

/** The API's own description, with what it names where a validator looks for it, and every object closed. */
const description = once(async () => {
  const request = new Request('https://hankyo.example/v1/openapi.json')
  const answer = (await exports.default.fetch(request)) as unknown as Response
  const text = (await answer.text()).replaceAll('#/components/schemas/', '#/$defs/')
  const { paths, components } = closed(JSON.parse(text)) as Document
  const routes = Object.entries(paths).map(([path, methods]) => ({
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
    methods,
  }))
  return { routes, definitions: components.schemas, validators: new Map<Schema, Validator>() }
})

/**
 * Fails unless an answer under `/v1` is what the API's description says of its route: its status, its media type
 * and every field of its JSON, with no other field beside them.
 */
export async function expectDocumented(method: string, url: string, answer: Response): Promise<void> {
  const { pathname } = new URL(url)
  if (!pathname.startsWith('/v1/') || pathname === '/v1/openapi.json' || method === 'HEAD') return
  const { routes, definitions, validators } = await description()
  const route = routes.find(({ pattern }) => pattern.test(pathname))
  const described = route?.methods[method.toLowerCase()]
  if (!described) return expect([204, 404, 405]).toContain(answer.status)
  const { content } = described.responses[answer.status] ?? (described.responses.default as object as never)
  const name = `${method} ${pathname} ${answer.status}`
  const type = answer.headers.get('content-type')?.split(';')[0] ?? null
  const types = Object.keys(content ?? { none: null })
  // Each `expect` takes as long as the check itself: only what is wrong is worth one.
  if (!types.includes(type ?? 'none')) expect(types, name).toContain(type ?? 'none')
  const schema = type === 'application/json' && content?.[type]?.schema
  if (!schema) return
  const known = validators.get(schema) ?? new Validator({ ...schema, $defs: definitions }, '2020-12')
  validators.set(schema, known)
  const { valid, errors } = known.validate(await answer.clone().json())
  if (!valid)
    expect(errors.map(({ instanceLocation, error }) => `${name} ${instanceLocation}: ${error}`)).toEqual([])
}

/** A schema in which no object has fields that it does not name. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed)
  if (typeof value !== 'object' || value === null) return value
  const parts = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, closed(part)]))
  return parts.type === 'object' && parts.properties ? { additionalProperties: false, ...parts } : parts
}

function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined
  return () => {
    result ??= work()
    return result
  }
}
