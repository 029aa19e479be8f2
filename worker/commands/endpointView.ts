import type { Endpoint } from '../contract/endpoints.ts'
import { Refusal } from '../http/refusal.ts'
import { iso } from '../store/database.ts'
import * as endpoints from '../store/endpoints.ts'
import type { World } from './world.ts'

/** A webhook or a chat without its secrets. */
export const endpointView = (endpoint: endpoints.StoredEndpoint): Endpoint => {
  const { id, siteId, kind, name, target, types, paused, createdAt, failingSince, failure, disabledAt } =
    endpoint
  return {
    ...{ id, site: siteId, kind, name, target, types, paused, createdAt: iso(createdAt) },
    failing: failingSince === null ? null : { since: iso(failingSince), answer: failure ?? '' },
    disabledAt: iso(disabledAt),
    decidesAs: endpoint.staffId,
  }
}

/** A webhook or a chat by its id. @throws Refusal `not_found` */
export async function endpointOf({ db }: Pick<World, 'db'>, id: string): Promise<endpoints.StoredEndpoint> {
  const endpoint = await endpoints.find(db, id)
  if (!endpoint) throw new Refusal('not_found')
  return endpoint
}
