import type { Ctx } from '../../access/identity.ts'
import { type Ban, type BanKind, bansQuery, newBan } from '../../contract/bans.ts'
import type { Page } from '../../contract/page.ts'
import { registrableRange } from '../../http/address.ts'
import { readJson } from '../../http/body.ts'
import { parse, single } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { domainOf } from '../../moderation/text/domain.ts'
import * as bans from '../../store/bans.ts'
import * as sites from '../../store/sites.ts'

/** `GET /v1/bans` */
export async function getBans(c: Ctx): Promise<Response> {
  const { site } = parse(bansQuery, single(c.req.queries()))
  const items = await bans.list(c.env.DB, site ?? null)
  return c.json({ items, next: null } satisfies Page<Ban>)
}

/** `POST /v1/bans` */
export async function postBan(c: Ctx): Promise<Response> {
  const input = parse(newBan, await readJson(c.req.raw))
  if (!(await sites.find(c.env.DB, input.siteId))) throw new Refusal('unknown_site', { field: 'siteId' })
  const value = registered(input.kind, input.value)
  if (!value) throw new Refusal('invalid', { field: 'value' })
  const ban = {
    id: crypto.randomUUID(),
    siteId: input.siteId,
    kind: input.kind,
    value,
    until: input.until ?? null,
    reason: input.reason || null,
  }
  return c.json(await bans.add(c.env.DB, ban, c.get('moderator'), Date.now()), 201)
}

/** `DELETE /v1/bans/:id` */
export async function deleteBan(c: Ctx): Promise<Response> {
  const removed = await bans.remove(c.env.DB, c.req.param('id') ?? '', c.get('moderator'), Date.now())
  if (!removed) throw new Refusal('not_found')
  return c.body(null, 204)
}

function registered(kind: BanKind, value: string): string | null {
  if (kind === 'author') return /^[0-9a-f]{8,32}$/.test(value) ? value : null
  if (kind === 'address') return registrableRange(value)
  return domainOf(value)
}
