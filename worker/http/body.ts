import { limits } from '../contract/limits.ts'
import { Refusal } from './refusal.ts'

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
