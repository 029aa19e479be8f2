const encoder = new TextEncoder()

/** A random token of 256 bits, base64url, after a prefix. */
export function randomToken(prefix = ''): string {
  return prefix + base64url(crypto.getRandomValues(new Uint8Array(32)))
}

/** SHA-256 of a text, base64url. */
export async function digest(text: string): Promise<string> {
  return base64url(await digestBytes(text))
}

/** SHA-256 of a text, as bytes. */
export async function digestBytes(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text)))
}

/** The first half of a text's digest: enough to know it again, where it opens nothing. */
export const fingerprint = async (text: string): Promise<string> => (await digest(text)).slice(0, 22)

/** HMAC-SHA-256 of a text, base64url. */
export async function hmac(secret: string, text: string): Promise<string> {
  return base64url(await mac(encoder.encode(secret), text))
}

const signingKey = /^whsec_([A-Za-z0-9+/]{32,86}={0,2})$/

/** A random secret to sign webhooks with, as Standard Webhooks writes it. */
export function signingSecret(): string {
  return `whsec_${base64(crypto.getRandomValues(new Uint8Array(32)))}`
}

/** Whether a text is such a secret: base64 of 24 to 64 bytes. */
export function isSigningSecret(text: string): boolean {
  const [, key = ''] = signingKey.exec(text) ?? []
  return key.length % 4 === 0 && key !== ''
}

/** HMAC-SHA-256 of a text under a secret made to sign webhooks, base64. */
export async function sign(secret: string, text: string): Promise<string> {
  const key = atob(signingKey.exec(secret)?.[1] ?? '')
  return base64(
    await mac(
      Uint8Array.from(key, (byte) => byte.charCodeAt(0)),
      text,
    ),
  )
}

/** Whether two texts are equal, in a time that does not tell where they differ. */
export async function isEqual(one: string, other: string): Promise<boolean> {
  const digests = await Promise.all(
    [one, other].map((text) => crypto.subtle.digest('SHA-256', encoder.encode(text))),
  )
  return crypto.subtle.timingSafeEqual(digests[0] as ArrayBuffer, digests[1] as ArrayBuffer)
}

/** Whether base64url is a point of the curve P-256, uncompressed: a public key. */
export async function isPointOfP256(text: string): Promise<boolean> {
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) =>
    one.charCodeAt(0),
  )
  return crypto.subtle.importKey('raw', bytes, { name: 'ECDH', namedCurve: 'P-256' }, false, []).then(
    () => true,
    () => false,
  )
}

async function mac(secret: Uint8Array, text: string): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text)))
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

/** Bytes as base64url. */
export function base64url(bytes: Uint8Array): string {
  return base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
