import * as v from 'valibot'
import { exchange, type Reach, type Reply, Unavailable } from './exchange.ts'

/** Sends something to a service; see `exchange`. */
export const post = (
  reach: Reach,
  url: string,
  headers: Record<string, string>,
  body: string,
): Promise<Reply> => exchange(reach, url, { method: 'POST', headers, body })

/** The same with JSON both ways; what does not match the schema is no answer. */
export async function postJson<Schema extends v.GenericSchema>(
  reach: Reach,
  url: string,
  headers: Record<string, string>,
  body: string,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  const { text } = await post(reach, url, { 'content-type': 'application/json', ...headers }, body)
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    throw new Unavailable('answered something else than JSON')
  }
  return expected(schema, data)
}

/** Data of the shape that a service promises. */
export function expected<Schema extends v.GenericSchema>(
  schema: Schema,
  data: unknown,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, data)
  if (!result.success) throw new Unavailable('answered something unexpected')
  return result.output
}
