import { type Ctx, siteOf } from '../../access/identity.ts'
import { giveVoice } from '../../commands/voices.ts'
import { Refusal } from '../../http/refusal.ts'
import { worldOf } from '../world.ts'

/** `POST /v1/sites/:site/voices`: a code with which a page of the site writes for who is signed in. */
export async function postVoices(c: Ctx): Promise<Response> {
  const { id: siteId } = await siteOf(c)
  const { sessionId } = c.get('moderator')
  if (sessionId === null)
    throw new Refusal('forbidden', {
      message:
        'Only a person who is signed in can write on pages as staff. Scripts answer by /v1/comments/:id/replies.',
    })
  return c.json(await giveVoice(worldOf(c, siteId), { siteId, sessionId }), 201)
}
