import type { Model } from './model.ts'
import { get, set } from './storage.ts'

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
    (+digit ^ ((random(1)[0] as number) & (15 >> (+digit / 4)))).toString(16),
  )
}

/** The author's bearer token on this site, made when first asked for. */
export function authorToken(model: Model): string {
  const token = get<string>(model, 'token') ?? base64url(random(32))
  set(model, 'token', token)
  return token
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/\W/g, (sign) => ({ '+': '-', '/': '_' })[sign] ?? '')
}
