import { useSignal } from '@preact/signals'
import { limits } from '../../../worker/contract/limits.ts'
import { type Scope, scopes } from '../../../worker/contract/tokens.ts'
import { held } from '../core/held.ts'
import { sitesInMenus } from '../core/sites.ts'
import { formatMessage, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { tokensOf } from './tokens.ts'

/** Days until a token ends; 0 is never. */
const lengths = [0, 30, 90, 365]

const endAfter = (days: number) => (days ? new Date(Date.now() + days * 86_400_000).toISOString() : null)

/** A form to make a token: its name, what it may do, where and until when. */
export function NewToken() {
  const { session } = useDesk()
  const tokens = use(tokensOf)
  const name = useSignal('')
  const scope = useSignal<Scope>('moderate')
  const site = useSignal('')
  const days = useSignal(0)
  const w = words('tokens')

  async function submit(event: Event) {
    event.preventDefault()
    await tokens.add({
      name: name.value.trim(),
      scope: scope.value,
      site: site.value || null,
      expiresAt: endAfter(days.value),
    })
    if (!tokens.list.error.peek()) name.value = ''
  }

  return (
    <form class="line-form" onSubmit={submit}>
      <label class="grow">
        <span>{w.label}</span>
        <input
          type="text"
          required
          maxLength={limits.name}
          value={name.value}
          onInput={(event) => {
            name.value = event.currentTarget.value
          }}
        />
      </label>
      <label>
        <span>{w.scope}</span>
        <select
          value={scope.value}
          onChange={(event) => {
            scope.value = event.currentTarget.value as Scope
          }}
        >
          {scopes.map((one) => (
            <option key={one} value={one}>
              {w.scopes[one]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{w.site}</span>
        <select
          value={site.value}
          onChange={(event) => {
            site.value = event.currentTarget.value
          }}
        >
          <option value="">{w.allSites}</option>
          {sitesInMenus(session.session.value).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{w.end}</span>
        <select
          value={days.value}
          onChange={(event) => {
            days.value = Number(event.currentTarget.value)
          }}
        >
          {lengths.map((length) => (
            <option key={length} value={length}>
              {length ? formatMessage(w.days, { count: length }) : w.noEnd}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="primary" {...held(tokens.busy.value)}>
        {w.add}
      </button>
    </form>
  )
}
