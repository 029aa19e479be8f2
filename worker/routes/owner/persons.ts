import type { Ctx } from '../../access/identity.ts'
import { personSearch } from '../../contract/persons.ts'
import { digest } from '../../crypto.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { personView } from '../../queries/personView.ts'
import { worldOf } from '../world.ts'

/** `POST /v1/persons/searches`: by a body, since addresses of requests stand in logs. */
export async function postPersonSearch(c: Ctx): Promise<Response> {
  const { token, ...by } = parse(personSearch, await readJson(c.req.raw))
  const sought = token === undefined ? by : { token: await digest(token) }
  return c.json(await personView(worldOf(c), sought, c.get('moderator')))
}
