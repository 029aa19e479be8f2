import { requireAskable } from '../screeners/requireAskable.ts'
import type { TurnstileConfig } from '../screeners/turnstile.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as turnstile from '../store/turnstile.ts'
import type { World } from './world.ts'

interface Setting {
  siteId: string
  config: TurnstileConfig
  actor: Actor
}

/**
 * Keeps the secret that Turnstile gave to a site, in place of the one before.
 *
 * @throws Refusal `invalid` for an address that may not be asked
 */
export async function setTurnstile(
  { env, db, now }: World,
  { siteId, config, actor }: Setting,
): Promise<void> {
  requireAskable(config, env)
  await turnstile.set(db, config, { siteId, actor, at: now })
}
