import * as v from 'valibot'
import { contentOf } from '../../../widget/common/markdown.ts'
import { allowOrigin, bearer, type Ctx, limitRate, refuseBanned, siteOf } from '../../access/identity.ts'
import type { Site } from '../../contract/site.ts'
import { digest } from '../../crypto.ts'
import { publish } from '../../events/publish.ts'
import { count, paragraphs, parse, readJson, visible } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { deliveries } from '../../notify/destinations.ts'
import { editableUntil, ownView } from '../../queries/view.ts'
import * as comments from '../../store/comments.ts'
import type { Actor } from '../../store/decidedComments.ts'
import * as subjects from '../../store/decidedComments.ts'
import { edit, withdraw } from '../../store/edits.ts'
import { worldOf } from '../world.ts'
import { bodyHash } from './comments.ts'

const editSchema = (site: Site) =>
  v.object({
    body: v.pipe(paragraphs(site.settings.bodyLimit), visible),
    revision: count(1, Number.MAX_SAFE_INTEGER),
  })

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
  const input = parse(editSchema(site), await readJson(c.req.raw))
  await refuseBanned(c, site, row.authorId, now)
  const found = (await subjects.byId(c.env.DB, row.id)) as subjects.Subject
  if (input.revision !== found.revision) throw conflict(own, now)
  const present = {
    status: found.status,
    action: found.decision?.action ?? null,
    createdAt: row.createdAt,
  }
  if (editableUntil(present, site.settings, now) === null) throw new Refusal('edit_window_over')
  const text = {
    body: input.body,
    content: JSON.stringify(contentOf(input.body)),
    bodyHash: await bodyHash(input.body),
  }
  const circumstances = { decisionId: crypto.randomUUID(), actor: author(row), at: Date.now(), deliveries }
  const event = await edit(c.env.DB, found, text, circumstances)
  if (!event) throw conflict(own, now)
  publish(worldOf(c), [event])
  return getOwnComment(c)
}

/** `DELETE /v1/sites/:site/comments/:id`: takes one's own comment back, words and all. */
export async function deleteOwnComment(c: Ctx): Promise<Response> {
  const now = Date.now()
  const own = await ownComment(c)
  const found = (await subjects.byId(c.env.DB, own.row.id)) as subjects.Subject
  const circumstances = { decisionId: crypto.randomUUID(), actor: author(own.row), at: now, deliveries }
  const event = await withdraw(c.env.DB, found, circumstances)
  if (!event) throw conflict(own, now)
  publish(worldOf(c), [event])
  return c.body(null, 204)
}

/** An author as who decides. */
export const author = (row: comments.OwnRow): Actor => ({ kind: 'author', id: row.authorId, name: 'author' })

/** What the author of a comment is told that has changed in the meantime. */
export const conflict = ({ site, row }: Own, now: number) =>
  new Refusal('conflict', { more: { comment: ownView(row, site.settings, now) } })
