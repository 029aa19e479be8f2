import type { TurnstileConfig } from '../screeners/turnstile.ts'
import type { Actor } from '../store/decidedComments.ts'
import * as turnstile from '../store/turnstile.ts'
import type { World } from './world.ts'

interface Setting {
  siteId: string
  config: TurnstileConfig
  actor: Actor
}

/** Keeps the secret that Turnstile gave to a site, in place of the one before. */
export async function setTurnstile({ db, now }: World, { siteId, config, actor }: Setting): Promise<void> {
  await turnstile.set(db, config, { siteId, actor, at: now })
}
