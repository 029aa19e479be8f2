import type { Screener, ScreenerKind } from '../contract/screeners.ts'
import { parse } from '../http/input.ts'
import { requireAskable } from '../screeners/requireAskable.ts'
import { services, targetOf } from '../screeners/services.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as screeners from '../store/screeners.ts'
import type { World } from './world.ts'

interface Setting {
  siteId: string
  kind: ScreenerKind
  /** What its owner said, unchecked. */
  input: unknown
  actor: Actor
}

/**
 * Has a service asked about the comments of a site, in place of what was configured before.
 *
 * @returns the service, with the secret that was made where none was given
 * @throws Refusal for a configuration that is wrong, or that the service does not take
 */
export async function setScreener(
  { env, db, now }: World,
  { siteId, kind, input, actor }: Setting,
): Promise<Screener & { secret?: string }> {
  const service = services[kind]
  const config = parse(service.config, input)
  requireAskable(config as object, env)
  await service.verify?.(config, env)
  const target = targetOf({ kind, config })
  await screeners.set(db, config, { siteId, kind, target, actor, at: now })
  return { kind, target, last: null, ...madeSecret(input, config) }
}

/** The secret that was made because none was given. */
function madeSecret(input: unknown, config: unknown): { secret?: string } {
  const { secret } = config as { secret?: string }
  return secret !== undefined && (input as { secret?: string }).secret === undefined ? { secret } : {}
}
