import type { Account } from '../access/openIdConnect.ts'
import type { SignInWay } from '../contract/events.ts'
import { Refusal } from '../http/refusal.ts'
import * as connectedAccounts from '../store/connectedAccounts.ts'
import type { Device } from '../store/sessions.ts'
import type { Once } from '../store/usedChallenges.ts'
import { admit, type Started } from './startSession.ts'
import type { World } from './world.ts'

interface Wish {
  account: Account
  by: SignInWay
  /** By what this browser set out, or null where it need not. */
  attempt: Once | null
  device: Device
  /** When the session ends however often it is used, or null. */
  endsBy: number | null
}

/**
 * A session for whoever has connected an account elsewhere. Nobody is known by an address that a provider tells.
 *
 * @throws Refusal `account_unknown`, or `sign_in_expired` for what was used before
 */
export async function signInByAccount(world: World, wish: Wish): Promise<Started> {
  const { account, attempt, ...rest } = wish
  const moderator = await connectedAccounts.find(world.db, account)
  if (!moderator) throw new Refusal('account_unknown')
  if (!(await connectedAccounts.use(world.db, account, { attempt, now: world.now })))
    throw new Refusal('sign_in_expired')
  return admit(world, { moderator, ...rest })
}
