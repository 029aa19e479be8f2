import { requireKnownSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { answerSecondLook } from '../../commands/answerSecondLook.ts'
import { secondAnswer, secondLooksQuery } from '../../contract/secondLooks.ts'
import { readJson } from '../../http/body.ts'
import { parse, single } from '../../http/input.ts'
import { secondLooksOf } from '../../queries/secondLooks.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/second-looks`: comments that a person is asked to decide again. */
export async function getSecondLooks(c: Ctx): Promise<Response> {
  const { site } = parse(secondLooksQuery, single(c.req.queries()))
  const [looks] = await Promise.all([
    secondLooksOf(worldOf(c, site), site),
    requireKnownSite(c, 'queue.read', site),
  ])
  return c.json(looks)
}

/** `POST /v1/second-looks/:id`: decides one of them. */
export async function postSecondLook(c: Ctx): Promise<Response> {
  const answer = parse(secondAnswer, await readJson(c.req.raw))
  const commentId = (c.req.param('id') ?? '').toLowerCase()
  return c.json(await answerSecondLook(worldOf(c), { ...answer, commentId, actor: c.get('moderator') }))
}
