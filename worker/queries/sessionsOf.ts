import type { Identity } from '../access/identity.ts'
import type { World } from '../commands/world.ts'
import type { SessionOfPerson } from '../contract/session.ts'
import { iso } from '../store/database.ts'
import * as sessions from '../store/sessions.ts'
import { personOfSessions } from './personOfSessions.ts'

/**
 * The sessions of somebody, the latest used first.
 *
 * @throws Refusal `not_found` for whose sessions are none of one's business
 */
export async function sessionsOf(
  world: World,
  { staffId, by }: { staffId: string; by: Identity },
): Promise<SessionOfPerson[]> {
  await personOfSessions(world, { staffId, by })
  const found = await sessions.list(world.db, staffId, world.now)
  return found.map(({ id, browser, system, timeZone, createdAt, seenAt, expiresAt }) => ({
    ...{ id, current: id === by.sessionId, browser, system, timeZone },
    // A use is noted once an hour: of who asks it is known better.
    ...{ startedAt: iso(createdAt), seenAt: iso(id === by.sessionId ? world.now : seenAt) },
    expiresAt: iso(expiresAt),
  }))
}
