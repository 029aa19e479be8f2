import { decidesOn } from '../access/decisionLink.ts'
import type { Endpoint } from '../contract/endpoints.ts'
import type { Env } from '../env.ts'
import { Refusal } from '../http/refusal.ts'
import { iso, mainDatabase } from '../store/database.ts'
import * as endpoints from '../store/endpoints.ts'
import { findAll, type Moderator } from '../store/staff.ts'
import type { World } from './world.ts'

/** Webhooks and chats without their secrets. */
export async function endpointViews(env: Env, stored: endpoints.StoredEndpoint[]): Promise<Endpoint[]> {
  const ids = stored.flatMap(({ staffId }) => staffId ?? [])
  const staff = ids.length > 0 ? await findAll(mainDatabase(env), [...new Set(ids)]) : []
  return stored.map((endpoint) => view(endpoint, staff))
}

/** A webhook or a chat without its secrets. */
export const endpointView = async (env: Env, endpoint: endpoints.StoredEndpoint): Promise<Endpoint> =>
  ((await endpointViews(env, [endpoint])) as [Endpoint])[0]

function view(endpoint: endpoints.StoredEndpoint, staff: Moderator[]): Endpoint {
  const { id, siteId, kind, name, target, types, paused, createdAt, failingSince, failure, disabledAt } =
    endpoint
  return {
    ...{ id, site: siteId, kind, name, target, types, paused, createdAt: iso(createdAt) },
    failing: failingSince === null ? null : { since: iso(failingSince), answer: failure ?? '' },
    disabledAt: iso(disabledAt),
    decidesAs: staff.find((one) => one.id === endpoint.staffId && decidesOn(one, siteId))?.id ?? null,
  }
}

/** A webhook or a chat by its id. @throws Refusal `not_found` */
export async function endpointOf({ db }: Pick<World, 'db'>, id: string): Promise<endpoints.StoredEndpoint> {
  const endpoint = await endpoints.find(db, id)
  if (!endpoint) throw new Refusal('not_found')
  return endpoint
}
