import type { Account } from '../access/openIdConnect.ts'
import { Refusal } from '../http/refusal.ts'
import * as connectedAccounts from '../store/connectedAccounts.ts'
import * as staff from '../store/staff.ts'
import type { Once } from '../store/usedChallenges.ts'
import type { World } from './world.ts'

interface Wish {
  account: Account
  provider: { id: string; name: string }
  staffId: string
  /** By what this browser set out, or null where it need not. */
  attempt: Once | null
}

/**
 * Has somebody sign in by an account elsewhere from now on.
 *
 * @throws Refusal `conflict` where it is connected with somebody else, or `unauthorized` where they are gone
 */
export async function connectAccount({ db, now }: World, wish: Wish): Promise<void> {
  const { account, provider, staffId, attempt } = wish
  const person = await staff.find(db, { column: 'id', value: staffId })
  if (!person) throw new Refusal('unauthorized')
  const actor = staff.actorOf(person)
  const id = crypto.randomUUID()
  if (!(await connectedAccounts.connect(db, account, { id, provider, actor, attempt, now })))
    throw new Refusal('account_taken')
}
