import { allowOrigin, bearer, type Ctx } from '../../access/identity.ts'
import { limitWriting } from '../../access/limits.ts'
import { sourceOf } from '../../access/sender.ts'
import { editComment } from '../../commands/editComment.ts'
import type { Own } from '../../commands/ownComment.ts'
import { withdrawComment } from '../../commands/withdrawComment.ts'
import { commentEdit } from '../../contract/comment.ts'
import { digest } from '../../crypto.ts'
import { networksAsking } from '../../http/address.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { ownView } from '../../queries/view.ts'
import * as comments from '../../store/comments.ts'
import * as sites from '../../store/sites.ts'
import { worldOf } from '../world.ts'

/**
 * The comment a token's holder wrote. Anyone else's, an unknown one and no token are told the same.
 *
 * @throws Refusal `unknown_site`, `wrong_origin` or `not_found`
 */
export async function ownComment(c: Ctx): Promise<Own> {
  const siteId = c.req.param('site') ?? ''
  const id = (c.req.param('id') ?? '').toLowerCase()
  const token = bearer(c)
  const tokenHash = token && (await digest(token))
  const world = worldOf(c, siteId)
  const { db } = world
  const [site, row, source] = await Promise.all([
    sites.find(db, siteId),
    tokenHash && comments.own(db, siteId, id, tokenHash),
    sourceOf(world, networksAsking(c.req.raw)),
  ])
  if (!site) throw new Refusal('unknown_site')
  allowOrigin(c, site)
  if (!row || !tokenHash) throw new Refusal('not_found')
  return { site, row, tokenHash, source }
}

/** `GET /v1/sites/:site/comments/:id`: one's own comment in whatever state it is. */
export async function getOwnComment(c: Ctx): Promise<Response> {
  const { site, row } = await ownComment(c)
  return c.json({ comment: ownView(row, site, worldOf(c, site.id)) })
}

/** Counts what authors write about comments of theirs. @throws Refusal `rate_limited` */
export const limitOwn = (c: Ctx, { site, row }: Own) =>
  limitWriting(c, site, { publicId: row.authorId, vouched: row.vouched })

/** `PATCH /v1/sites/:site/comments/:id`: a new revision, which is screened again. */
export async function patchOwnComment(c: Ctx): Promise<Response> {
  const own = await ownComment(c)
  await limitOwn(c, own)
  const input = parse(commentEdit(own.site.settings.bodyLimit), await readJson(c.req.raw))
  const edit = { own, ...input }
  return c.json({ comment: await editComment(worldOf(c, own.site.id), edit) })
}

/** `DELETE /v1/sites/:site/comments/:id`: takes one's own comment back, words and all. */
export async function deleteOwnComment(c: Ctx): Promise<Response> {
  const own = await ownComment(c)
  await withdrawComment(worldOf(c, own.site.id), own)
  return c.body(null, 204)
}
