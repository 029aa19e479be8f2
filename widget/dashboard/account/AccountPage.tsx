import { words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { AskedButton } from '../ui/AskedButton.tsx'
import { ConnectedAccounts } from '../ui/ConnectedAccounts.tsx'
import { Passkeys } from '../ui/Passkeys.tsx'
import { SessionList } from '../ui/SessionList.tsx'
import { AccountForm } from './AccountForm.tsx'
import { TellingMe } from './TellingMe.tsx'

/** What somebody says of themselves, and where they are signed in. */
export function AccountPage() {
  const { session } = useDesk()
  const w = words('account')
  return (
    <section class="page account">
      <h1 tabIndex={-1}>{words().places.account}</h1>
      <p class="quiet">{w.note}</p>
      <AccountForm />
      <TellingMe />
      <Passkeys />
      <ConnectedAccounts />
      <h2>{w.sessions}</h2>
      <SessionList />
      <AskedButton
        label={w.signOutAll}
        name={w.signOutAll}
        question={w.signOutAsk}
        cancel={w.cancel}
        act={() => session.signOut(true)}
      />
    </section>
  )
}
