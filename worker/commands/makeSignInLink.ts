import { digest, randomToken } from '../crypto.ts'
import { Refusal } from '../http/refusal.ts'
import * as signInLinks from '../store/signInLinks.ts'
import * as staff from '../store/staff.ts'
import { namesake, requirePersonal } from './people.ts'
import type { World } from './world.ts'

const linkMinutes = 15

/**
 * Makes a link that signs a member of staff in, once; who is new is an owner of all sites.
 *
 * @throws Refusal `name_taken` where the name is nobody's, but looks like somebody's
 */
export async function makeSignInLink(
  world: World,
  { name }: { name: string },
): Promise<{ token: string; expiresAt: number }> {
  const { db, now } = world
  const candidate = { id: crypto.randomUUID(), name, now }
  if (!(await staff.find(db, { column: 'name', value: name }))) await requireNewLook(world, candidate)
  const { id } = await staff.ensureOwner(db, candidate)
  const token = randomToken()
  const expiresAt = now + linkMinutes * 60_000
  await signInLinks.add(db, { tokenHash: await digest(token), staffId: id, expiresAt })
  return { token, expiresAt }
}

async function requireNewLook(world: World, { id, name }: { id: string; name: string }): Promise<void> {
  requirePersonal(name)
  const taken = await namesake(world, { id, name, sites: '*' })
  if (taken === null) return
  throw new Refusal('name_taken', {
    field: 'name',
    message: `This looks like the name of ${taken}, who works here. Sign in as ${taken}, or choose another name.`,
  })
}
