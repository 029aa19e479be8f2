import type { Ctx } from '../../access/identity.ts'
import { editAsStaff } from '../../commands/editAsStaff.ts'
import type { DecisionResult } from '../../contract/decisions.ts'
import { staffEdit } from '../../contract/staffEdits.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { commentHistory } from '../../queries/commentHistory.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/comments/:id`: all there is about a comment. */
export async function getComment(c: Ctx): Promise<Response> {
  const id = (c.req.param('id') ?? '').toLowerCase()
  return c.json(await commentHistory(worldOf(c), id, c.get('moderator')))
}

/** `PATCH /v1/comments/:id`: gives a comment a text of the staff's. */
export async function patchComment(c: Ctx): Promise<Response> {
  const wish = parse(staffEdit, await readJson(c.req.raw))
  const commentId = (c.req.param('id') ?? '').toLowerCase()
  const event = await editAsStaff(worldOf(c), { ...wish, commentId, actor: c.get('moderator') })
  const { decisionId, to, revision } = event
  return c.json({ commentId, decisionId, status: to, revision: revision + 1 } satisfies DecisionResult)
}
