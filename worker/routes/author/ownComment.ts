import { allowOrigin, bearer, type Ctx, limitRate, siteOf } from '../../access/identity.ts'
import { refuseBanned } from '../../access/sender.ts'
import { storedText } from '../../commands/text.ts'
import { commentEdit } from '../../contract/comment.ts'
import type { Site } from '../../contract/site.ts'
import { digest } from '../../crypto.ts'
import { addressOf } from '../../http/address.ts'
import { readJson } from '../../http/body.ts'
import { purge } from '../../http/edgeCache.ts'
import { parse } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { enqueueLearning, enqueueScreening } from '../../jobs/enqueue.ts'
import { editableUntil, ownView } from '../../queries/view.ts'
import * as comments from '../../store/comments.ts'
import type { Actor } from '../../store/decidedComments.ts'
import * as subjects from '../../store/decidedComments.ts'
import { edit, withdraw } from '../../store/edits.ts'
import { bansInForce } from '../../store/screening.ts'

/** A comment with the site it is on and who asks for it. */
interface Own {
  site: Site
  row: comments.OwnRow
  tokenHash: string
}

/**
 * The comment a token's holder wrote. Anyone else's, an unknown one and no token are told the same.
 *
 * @throws Refusal `unknown_site`, `wrong_origin` or `not_found`
 */
export async function ownComment(c: Ctx): Promise<Own> {
  const site = await siteOf(c)
  allowOrigin(c, site)
  const token = bearer(c)
  const tokenHash = token && (await digest(token))
  const id = (c.req.param('id') ?? '').toLowerCase()
  const row = tokenHash && (await comments.own(c.env.DB, site.id, id, tokenHash))
  if (!row) throw new Refusal('not_found')
  return { site, row, tokenHash: tokenHash as string }
}

/** `GET /v1/sites/:site/comments/:id`: one's own comment in whatever state it is. */
export async function getOwnComment(c: Ctx): Promise<Response> {
  const { site, row } = await ownComment(c)
  return c.json({ comment: ownView(row, site.settings, Date.now()) })
}

/** `PATCH /v1/sites/:site/comments/:id`: a new revision, which is screened again. */
export async function patchOwnComment(c: Ctx): Promise<Response> {
  const now = Date.now()
  const own = await ownComment(c)
  const { site, row } = own
  await limitRate(c, site, async () => true)
  const input = parse(commentEdit(site.settings.bodyLimit), await readJson(c.req.raw))
  const bans = await bansInForce(c.env.DB, site.id, ['author', 'address'], now)
  refuseBanned(bans, { author: row.authorId, address: addressOf(c.req.raw) })
  const found = (await subjects.byId(c.env.DB, row.id)) as subjects.Subject
  if (input.revision !== found.revision) throw conflict(own, now)
  const present = {
    status: found.status,
    action: found.decision?.action ?? null,
    createdAt: row.createdAt,
  }
  if (editableUntil(present, site.settings, now) === null) throw new Refusal('edit_window_over')
  const text = await storedText(input.body)
  const circumstances = { decisionId: crypto.randomUUID(), actor: author(row), at: Date.now() }
  if (!(await edit(c.env.DB, found, text, circumstances))) throw conflict(own, now)
  c.executionCtx.waitUntil(
    enqueueScreening(c.env, { site: site.id, id: row.id, revision: found.revision + 1 }),
  )
  c.executionCtx.waitUntil(enqueueLearning(c.env, site.id))
  return getOwnComment(c)
}

/** `DELETE /v1/sites/:site/comments/:id`: takes one's own comment back, words and all. */
export async function deleteOwnComment(c: Ctx): Promise<Response> {
  const now = Date.now()
  const own = await ownComment(c)
  const found = (await subjects.byId(c.env.DB, own.row.id)) as subjects.Subject
  const circumstances = { decisionId: crypto.randomUUID(), actor: author(own.row), at: now }
  if (!(await withdraw(c.env.DB, found, circumstances))) throw conflict(own, now)
  c.executionCtx.waitUntil(enqueueLearning(c.env, own.site.id))
  if (found.shownRevision !== null) purge(c.env, c.executionCtx, [found])
  return c.body(null, 204)
}

/** An author as who decides. */
export const author = (row: comments.OwnRow): Actor => ({ kind: 'author', id: row.authorId, name: 'author' })

/** What the author of a comment is told that has changed in the meantime. */
export const conflict = ({ site, row }: Own, now: number) =>
  new Refusal('conflict', { more: { comment: ownView(row, site.settings, now) } })
