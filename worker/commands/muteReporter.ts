import { Refusal } from '../http/refusal.ts'
import type { Actor } from '../store/decidedComments.ts'
import { mute } from '../store/reporters.ts'
import type { World } from './world.ts'

interface Mute {
  siteId: string
  reporter: string
  /** Whether their reports count nowhere, or count again. */
  muted: boolean
  actor: Actor
}

/**
 * Has the reports of somebody count nowhere on a site, or count again: also those that nobody has answered. What they
 * are answered stays the same.
 *
 * @throws Refusal `not_found` where nobody of that id ever reported there
 */
export async function muteReporter(
  { db, now }: World,
  { siteId, reporter, muted, actor }: Mute,
): Promise<void> {
  const act = muted ? 'reporter.mute' : 'reporter.unmute'
  if ((await mute(db, { act, at: now, actor, siteId, reporter })) === null) throw new Refusal('not_found')
}
