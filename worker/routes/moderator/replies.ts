import type { Ctx } from '../../access/identity.ts'
import { answerComment } from '../../commands/answerComment.ts'
import { newReply } from '../../contract/replies.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { worldOf } from '../world.ts'

/** `POST /v1/comments/:id/replies`: answers a comment as staff, at once. */
export async function postReply(c: Ctx): Promise<Response> {
  const reply = parse(newReply, await readJson(c.req.raw))
  const staff = c.get('moderator')
  const { published, isNew } = await answerComment(worldOf(c), {
    ...reply,
    commentId: (c.req.param('id') ?? '').toLowerCase(),
    actor: staff,
    writer: staff.person ?? { id: staff.id, name: staff.name },
  })
  return c.json(published, isNew ? 201 : 200)
}
