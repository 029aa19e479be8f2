import { isLoopback } from '../contract/origin.ts'
import type { Env } from '../env.ts'
import { publicFolder } from './publicUrl.ts'

interface Asked {
  env: Pick<Env, 'PUBLIC_URL' | 'HOST_NAMED_BY'>
  req: { url: string }
}

/**
 * A cookie of ours. Browsers take a name with `__Host-` from the whole of an https host only, and one with `__Secure-` from
 * a folder too.
 */
export function ownCookie(c: Asked, name: string): { name: string; path: string; secure: boolean } {
  const path = publicFolder(c.env)
  const secure = !isLoopback(new URL(c.req.url).hostname)
  const prefix = secure ? (path === '/' ? '__Host-' : '__Secure-') : ''
  return { name: prefix + name, path, secure }
}
