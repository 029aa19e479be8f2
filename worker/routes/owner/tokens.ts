import type { Ctx } from '../../access/identity.ts'
import type { Page } from '../../contract/page.ts'
import { type ApiToken, newToken } from '../../contract/tokens.ts'
import { digest, randomToken } from '../../crypto.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import * as staff from '../../store/staff.ts'

/** `GET /v1/tokens` */
export async function getTokens(c: Ctx): Promise<Response> {
  return c.json({ items: await staff.tokens(c.env.DB), next: null } satisfies Page<ApiToken>)
}

/** `POST /v1/tokens`: a new API token; this answer is the only place where it can be read. */
export async function postToken(c: Ctx): Promise<Response> {
  const { name } = parse(newToken, await readJson(c.req.raw))
  const token = randomToken('hk_')
  const id = crypto.randomUUID()
  const now = Date.now()
  const actor = c.get('moderator')
  await staff.addToken(c.env.DB, { id, name, tokenHash: await digest(token), now, actor })
  return c.json({ id, name, createdAt: new Date(now).toISOString(), lastUsedAt: null, token }, 201)
}

/** `DELETE /v1/tokens/:id` */
export async function deleteToken(c: Ctx): Promise<Response> {
  const id = c.req.param('id') ?? ''
  if (!(await staff.removeToken(c.env.DB, id, c.get('moderator'), Date.now()))) throw new Refusal('not_found')
  return c.body(null, 204)
}
