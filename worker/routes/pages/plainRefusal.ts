import * as v from 'valibot'
import { type Ctx, isOwnPage } from '../../access/identity.ts'
import { threadKey } from '../../contract/threadKey.ts'
import { plainPageHeaders } from '../../http/headers.ts'
import { preferred } from '../../http/language.ts'
import { rootOf } from '../../http/publicUrl.ts'
import type { Refusal } from '../../http/refusal.ts'
import { refusalPage } from '../../pages/refusalPage.tsx'

/** A refusal as a page, for readers without a script. */
export function refusePlainly(c: Ctx, { code, status }: Refusal): Response {
  const sent = c.get('sent') ?? new URLSearchParams()
  const { pathname, search } = new URL(c.req.url)
  // The page itself, in whatever folder it is; begun as a path, since what follows may look like a scheme.
  const here = `./${pathname.slice(pathname.lastIndexOf('/') + 1)}`
  const lang = c.req.query('lang') || sent.get('lang') || preferred(c.req.header('accept-language')) || 'en'
  const passing = status >= 500 || status === 429
  const key = v.safeParse(threadKey, c.req.query('key') ?? sent.get('key'))
  const known = code !== 'unknown_site' && /^\/t\/[\w-]+$/.test(pathname) && key.success && key.output
  const html = refusalPage({
    ...{ code, lang, sent, root: rootOf(c) },
    // Only what the form of a page of our own sent may be sent on from here.
    sendTo: passing && isOwnPage(c) ? here : null,
    retry: passing && c.req.method === 'GET' ? here + search : null,
    thread: known ? `${here}?${new URLSearchParams({ key: known, lang })}` : null,
  })
  for (const [name, value] of Object.entries(plainPageHeaders)) c.header(name, value)
  return c.html(html, status as 400)
}
