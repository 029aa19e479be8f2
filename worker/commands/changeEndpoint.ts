import type { EndpointEvent } from '../contract/endpointKinds.ts'
import type { Endpoint, EndpointChange, RotatedSecret } from '../contract/endpoints.ts'
import { signingSecret } from '../crypto.ts'
import { Refusal } from '../http/refusal.ts'
import { iso } from '../store/database.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as endpoints from '../store/endpoints.ts'
import { endpointConfig, requirePrivate, requireTypes } from './endpointConfig.ts'
import { endpointOf, endpointView } from './endpointView.ts'
import type { World } from './world.ts'

/** For how long what a webhook is sent is signed with its former secret, too, in milliseconds. */
const bothMs = 86_400_000

interface Asked {
  id: string
  actor: Actor
}

const eventOf = (
  act: EndpointEvent['act'],
  { id, siteId, name }: endpoints.StoredEndpoint,
  { actor, at }: { actor: Actor; at: number },
): EndpointEvent => ({ act, at, actor, siteId, id, name })

/**
 * Changes, pauses or resumes a webhook or a chat. One that is resumed, or is elsewhere, begins anew whatever failed before.
 *
 * @throws Refusal `not_found`, or for what is wrong with its configuration
 */
export async function changeEndpoint(
  world: World,
  { id, change, actor }: Asked & { change: EndpointChange },
): Promise<Endpoint> {
  const { db, env, now } = world
  const known = await endpointOf(world, id)
  const { config, mine, ...rest } = change
  if (rest.types) requireTypes(known.kind, rest.types)
  const place = config && endpointConfig(known.kind, config, env)
  if (mine) requirePrivate(known.kind, place?.target ?? known.target)
  const event = eventOf('webhook.change', { ...known, ...rest }, { actor, at: now })
  const changes = {
    ...{ ...rest, ...place },
    // Elsewhere it is somebody else's, until they say so themselves.
    ...((mine !== undefined || place) && { staffId: mine ? actor.id : null }),
    anew: config !== undefined || rest.paused === false,
  }
  const endpoint = await endpoints.change(db, id, changes, event)
  if (!endpoint) throw new Refusal('not_found')
  return endpointView(env, endpoint)
}

/**
 * Gives a webhook another secret. For a day what it is sent is signed with both; a third ends the first at once.
 *
 * @throws Refusal `not_found`, or `conflict` for a chat, which has none, and where somebody else was faster
 */
export async function rotateSecret(world: World, { id, actor }: Asked): Promise<RotatedSecret> {
  const { db, now } = world
  const known = await endpointOf(world, id)
  if (known.kind !== 'webhook')
    throw new Refusal('conflict', { message: 'Only webhooks have a secret of ours.' })
  const secret = signingSecret()
  const formerUntil = now + bothMs
  const event = eventOf('webhook.secret', known, { actor, at: now })
  if (!(await endpoints.rotate(db, known, { secret, formerUntil }, event)))
    throw new Refusal('conflict', { message: 'Its secret was changed meanwhile: look at it, and try again.' })
  return { secret, formerUntil: iso(formerUntil) }
}

/** Has a webhook or a chat told no more, also not what waits for it. @throws Refusal `not_found` */
export async function removeEndpoint(world: World, { id, actor }: Asked): Promise<void> {
  const known = await endpointOf(world, id)
  const event = eventOf('webhook.remove', known, { actor, at: world.now })
  if (!(await endpoints.remove(world.db, id, event))) throw new Refusal('not_found')
}
