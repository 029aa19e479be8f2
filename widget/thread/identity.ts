import type { Storage } from './storage.ts'

/** Who writes here, as remembered from the last time. */
export interface Author {
  name: string
  email: string
  url: string
}

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

/** A random UUID, on insecure origins too, where `crypto.randomUUID` is missing. */
export function newId(): string {
  return '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) =>
    (Number(digit) ^ ((random(1)[0] as number) & (15 >> (Number(digit) / 4)))).toString(16),
  )
}

/** The author's bearer token on this site, made when first asked for. */
export function authorToken(storage: Storage): string {
  let token = storage.get<string>('token')
  if (!token) {
    token = btoa(String.fromCharCode(...random(32)))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace('=', '')
    storage.set('token', token)
  }
  return token
}
