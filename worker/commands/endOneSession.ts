import type { Identity } from '../access/identity.ts'
import { Refusal } from '../http/refusal.ts'
import { personOfSessions } from '../queries/personOfSessions.ts'
import * as sessions from '../store/sessions.ts'
import type { World } from './world.ts'

/** Ends a session of one's own, or of somebody whom one may change. @throws Refusal `not_found` */
export async function endOneSession(world: World, { id, by }: { id: string; by: Identity }): Promise<void> {
  const { db, now } = world
  const staffId = await sessions.staffOf(db, id)
  if (staffId === null) throw new Refusal('not_found')
  const person = await personOfSessions(world, { staffId, by })
  const event = {
    ...{ act: 'session.end' as const, at: now, siteId: null, everywhere: false },
    ...{ actor: { kind: by.kind, id: by.id, name: by.name } },
    ...(staffId !== by.id && { staffId, name: person.name }),
  }
  if (!(await sessions.endOne(db, id, event))) throw new Refusal('not_found')
}
