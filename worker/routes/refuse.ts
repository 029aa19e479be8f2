import type { Ctx } from '../access/identity.ts'
import { Refusal } from '../http/refusal.ts'
import { DatabaseUnavailable } from '../store/database.ts'
import { refuseOnMessagePage } from './pages/messagePages.ts'
import { refusePlainly } from './pages/plainRefusal.ts'

/** What an error is answered with: readers of a page get a page, programs JSON. */
export function refuse(c: Ctx, error: Error): Response {
  const refusal = refusalOf(c, error)
  if (refusal.code === 'not_configured') console.error(refusal.message)
  const { retryAfter } = refusal.circumstances
  if (retryAfter !== undefined) c.header('retry-after', String(retryAfter))
  c.header('cache-control', 'no-store')
  if (/^\/[pst](\/|$)/.test(c.req.path)) return refusePlainly(c, refusal)
  if (/^\/m\//.test(c.req.path)) return refuseOnMessagePage(c, refusal)
  return c.json(refusal.body, refusal.status as 400)
}

function refusalOf(c: Ctx, error: Error): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof DatabaseUnavailable) return new Refusal('unavailable', { retryAfter: 5 })
  console.error('request failed', { path: c.req.path, error: String(error) })
  return new Refusal('internal')
}
