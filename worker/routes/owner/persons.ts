import type { Ctx } from '../../access/identity.ts'
import { personQuery } from '../../contract/persons.ts'
import { parse, single } from '../../http/input.ts'
import { personView, type Sought } from '../../queries/personView.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/persons` */
export async function getPerson(c: Ctx): Promise<Response> {
  const sought = parse(personQuery, single(c.req.queries())) as Sought
  return c.json(await personView(worldOf(c), sought, c.get('moderator')))
}
