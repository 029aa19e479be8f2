import { exchange } from '../../../common/api.ts'
import type { Model } from '../../model/model.ts'
import { siteUrl } from '../../model/site.ts'
import { getItem, type Owner, setItem } from '../../model/storage.ts'

/** Sends a request to the site, with the author's token: this browser's, or the one given. */
export async function callSite<Data>(
  model: Model,
  method: string,
  path: string,
  body?: unknown,
  token?: string,
): Promise<Data> {
  const mine = authorToken(model)
  const [data] = await exchange<Data>(siteUrl(model) + path, {
    method,
    headers: {
      ...(body ? { 'content-type': 'application/json' } : {}),
      authorization: `Bearer ${token ?? mine}`,
    },
    body: body ? JSON.stringify(body) : null,
    credentials: 'omit',
    signal: AbortSignal.timeout(30_000),
  })
  return data
}

/** The author's bearer token on this site, made when first asked for. */
function authorToken(owner: Owner): string {
  const token = getItem<string>(owner, 'token') ?? base64url(crypto.getRandomValues(new Uint8Array(32)))
  setItem(owner, 'token', token)
  return token
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/\W/g, (sign) => ({ '+': '-', '/': '_' })[sign] ?? '')
}
