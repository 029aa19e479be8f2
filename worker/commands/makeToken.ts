import type { InferOutput } from 'valibot'
import type { Identity } from '../access/identity.ts'
import type { MadeToken, newToken } from '../contract/tokens.ts'
import { digest, randomToken } from '../crypto.ts'
import { Refusal } from '../http/refusal.ts'
import { databaseOf, iso } from '../store/database.ts'
import * as sites from '../store/sites.ts'
import * as tokens from '../store/tokens.ts'
import { requirePersonal } from './people.ts'
import type { World } from './world.ts'

interface Wish {
  asked: InferOutput<typeof newToken>
  by: Identity
}

/**
 * Makes an API token; what it opens with is told here only. A script makes none that outlives its own token.
 *
 * @throws Refusal `unknown_site`, `name_taken` for a name that the log has for others, or `invalid` for an end that is past or too late
 */
export async function makeToken({ env, db, now }: World, { asked, by }: Wish): Promise<MadeToken> {
  const { name, scope, site = null, expiresAt = null } = asked
  if (site !== null && !(await sites.find(databaseOf(env, site), site)))
    throw new Refusal('unknown_site', { field: 'site' })
  requirePersonal(name)
  const latest = by.script ? by.expiresAt : null
  if ((expiresAt ?? Number.POSITIVE_INFINITY) > (latest ?? Number.POSITIVE_INFINITY))
    throw new Refusal('invalid', {
      field: 'expiresAt',
      message: `A token made with this one ends by ${iso(latest as number)}, as it does itself.`,
    })
  if (expiresAt !== null && expiresAt <= now)
    throw new Refusal('invalid', { field: 'expiresAt', message: 'This time is over.' })
  const token = randomToken('hk_')
  const id = crypto.randomUUID()
  const made = { id, name, scope, siteId: site, expiresAt, createdAt: now, tokenHash: await digest(token) }
  if (!(await tokens.add(db, { ...made, madeBy: by.person?.id ?? null }, by)))
    throw new Refusal('account_removed')
  const times = { createdAt: iso(now), expiresAt: iso(expiresAt), lastUsedAt: null }
  return { id, name, scope, site, ...times, madeBy: by.person?.name ?? null, token }
}
