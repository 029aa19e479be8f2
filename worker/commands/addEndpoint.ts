import { type MadeEndpoint, mostEndpoints, type NewEndpoint } from '../contract/endpoints.ts'
import { signingSecret } from '../crypto.ts'
import { Refusal } from '../http/refusal.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as endpoints from '../store/endpoints.ts'
import * as sites from '../store/sites.ts'
import { endpointConfig, requirePrivate, requireTypes } from './endpointConfig.ts'
import { endpointView } from './endpointView.ts'
import type { World } from './world.ts'

/**
 * Has a webhook or a chat told what happens on a site. The secret of a webhook is told here only.
 *
 * @throws Refusal `unknown_site`, `conflict` where the site has enough, or for what is wrong with its configuration
 */
export async function addEndpoint(
  { env, db, now }: World,
  { asked, actor }: { asked: NewEndpoint; actor: Actor },
): Promise<MadeEndpoint> {
  const { site: siteId, kind, name, types, mine = false } = asked
  requireTypes(kind, types)
  const { config, target } = endpointConfig(kind, asked.config, env)
  if (mine) requirePrivate(kind, target)
  if (!(await sites.find(db, siteId))) throw new Refusal('unknown_site', { field: 'site' })
  const id = crypto.randomUUID()
  const secret = kind === 'webhook' ? signingSecret() : null
  const endpoint = {
    ...{
      id,
      siteId,
      kind,
      name,
      target,
      config,
      secret,
      types,
      createdAt: now,
      staffId: mine ? actor.id : null,
    },
    ...{
      formerSecret: null,
      formerUntil: null,
      paused: false,
      failingSince: null,
      failure: null,
      disabledAt: null,
    },
  }
  if (!(await endpoints.add(db, endpoint, { act: 'webhook.add', at: now, actor, siteId, id, name })))
    throw new Refusal('conflict', {
      message: `This site has ${mostEndpoints} webhooks and chats already. Remove one first.`,
      limit: mostEndpoints,
    })
  return { ...(await endpointView(env, endpoint)), ...(secret !== null && { secret }) }
}
