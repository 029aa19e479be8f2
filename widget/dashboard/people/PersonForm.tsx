import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import { limits } from '../../../worker/contract/limits.ts'
import { type Role, roles } from '../../../worker/contract/roles.ts'
import type { NewPerson } from '../../../worker/contract/staff.ts'
import { onEscape } from '../core/composing.ts'
import { held } from '../core/held.ts'
import { errorWords, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { SitesField } from './SitesField.tsx'

interface Props {
  /** What is so before; nothing where somebody is invited. */
  before?: NewPerson
  label: string
  /** The button that does it. */
  go: string
  busy: boolean
  error: ErrorDetail | null
  /** @returns whether it was done: then the form is empty again */
  submit: (asked: NewPerson) => Promise<boolean>
  cancel?: () => void
  /** Whether the invitation can be sent by mail. */
  mails?: boolean
}

/** A form for an account: a name, what they may do, and where. */
export function PersonForm({ before, label, go, busy, error, submit, cancel, mails }: Props) {
  const { session } = useDesk()
  const mine = session.session.value
  const name = useSignal(before?.name ?? '')
  const role = useSignal<Role>(before?.role ?? 'moderator')
  const sites = useSignal<NewPerson['sites']>(
    before?.sites ?? (mine?.moderator.everySite ? '*' : (mine?.sites.map(({ id }) => id) ?? [])),
  )
  const email = useSignal('')
  const problem = useId()
  const w = words('people')
  const ofName = error?.field === 'name'

  async function send(event: Event) {
    event.preventDefault()
    const address = email.peek().trim()
    const asked = { name: name.peek().trim(), role: role.peek(), sites: sites.peek() }
    const done = await submit({ ...asked, ...(address && { email: address }) })
    if (!done || before) return
    name.value = ''
    email.value = ''
  }

  return (
    <form class="line-form person" aria-label={label} onSubmit={send} onKeyDown={cancel && onEscape(cancel)}>
      <label class="grow">
        <span>{w.name}</span>
        <input
          type="text"
          required
          autocomplete="off"
          maxLength={limits.name}
          value={name.value}
          aria-invalid={ofName}
          aria-describedby={error ? problem : undefined}
          onInput={(event) => {
            name.value = event.currentTarget.value
          }}
        />
      </label>
      <label class="grow">
        <span>{w.role}</span>
        <select
          value={role.value}
          onChange={(event) => {
            role.value = event.currentTarget.value as Role
          }}
        >
          {roles.map((one) => (
            <option key={one} value={one}>
              {w.may[one]}
            </option>
          ))}
        </select>
      </label>
      {mails && (
        <label class="whole">
          <span>{w.email}</span>
          <input
            type="email"
            dir="ltr"
            autocomplete="off"
            maxLength={limits.email}
            value={email.value}
            aria-invalid={error?.field === 'email'}
            onInput={(event) => {
              email.value = event.currentTarget.value
            }}
          />
        </label>
      )}
      <SitesField sites={sites} />
      {error && (
        <p class="error whole" id={problem} role="alert">
          {errorWords(error)}
        </p>
      )}
      <p class="whole acts">
        <button type="submit" class="primary" {...held(busy || sites.value.length === 0)}>
          {go}
        </button>
        {cancel && (
          <button type="button" onClick={cancel}>
            {w.cancel}
          </button>
        )}
      </p>
    </form>
  )
}
