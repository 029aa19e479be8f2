import { useSignal } from '@preact/signals'
import type { NewView } from '../../../worker/contract/savedViews.ts'
import { held } from '../core/held.ts'
import { sitesInMenus } from '../core/sites.ts'
import { formatMessage, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'

interface Props {
  /** The present list. */
  query: string
  busy: boolean
  save: (view: Omit<NewView, 'id'>) => Promise<boolean>
}

/** Whom a list may be shared with: nobody, or those whose are all sites, and by `site:` the staff of one. */
const audienceOf = (value: string): NewView['shared'] =>
  value === '' ? null : { site: value === 'all' ? null : value.slice('site:'.length) }

/** Saves the present list under a name, for oneself or for others who may see it. */
export function SaveView({ query, busy, save }: Props) {
  const session = useDesk().session.session.value
  const name = useSignal('')
  const audience = useSignal('')
  const w = words('views')
  const params = new URLSearchParams(query)
  if (params.has('ids')) return <p class="quiet">{w.notSome}</p>
  const site = params.get('site')
  const sites = sitesInMenus(session, site ?? '').filter(({ id }) => site === null || id === site)

  return (
    <form
      class="stack"
      aria-label={w.saveTitle}
      onSubmit={async (event) => {
        event.preventDefault()
        const shared = audienceOf(audience.peek())
        if (await save({ name: name.peek().trim(), query, shared })) name.value = ''
      }}
    >
      <label>
        <span>{w.name}</span>
        <input
          type="text"
          dir="auto"
          required
          autocomplete="off"
          maxLength={60}
          value={name.value}
          onInput={(event) => {
            name.value = event.currentTarget.value
          }}
        />
      </label>
      <label>
        <span>{w.audience}</span>
        <select
          value={audience.value}
          onChange={(event) => {
            audience.value = event.currentTarget.value
          }}
        >
          <option value="">{w.onlyMe}</option>
          {sites.map(({ id, name }) => (
            <option key={id} value={`site:${id}`}>
              {formatMessage(w.staffOf, { site: name })}
            </option>
          ))}
          {session?.moderator.everySite && <option value="all">{w.staffOfAll}</option>}
        </select>
      </label>
      <button type="submit" {...held(busy)}>
        {w.save}
      </button>
    </form>
  )
}
