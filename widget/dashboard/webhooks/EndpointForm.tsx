import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { type EndpointKind, endpointKinds, isPrivateChat } from '../../../worker/contract/endpointKinds.ts'
import type { Endpoint } from '../../../worker/contract/endpoints.ts'
import { limits } from '../../../worker/contract/limits.ts'
import { type ToldType, toldTypes, waitingTypes } from '../../../worker/contract/told.ts'
import { held } from '../core/held.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { MadeSecret } from '../ui/MadeSecret.tsx'
import { brands, endpointsOf, fieldsOf } from './endpoints.ts'

/** A form to have a webhook or a chat told, or to change one. */
export function EndpointForm({ site, known }: { site: string; known?: Endpoint }) {
  const endpoints = use(endpointsOf)
  const kind = useSignal<EndpointKind>(known?.kind ?? 'webhook')
  const name = useSignal(known?.name ?? '')
  const config = useSignal<Record<string, string>>({})
  const types = useSignal<readonly ToldType[]>(known?.types ?? waitingTypes)
  /** Whether it is said to be one's own chat; null where nothing was said of it. */
  const mine = useSignal<boolean | null>(null)
  const me = useDesk().session.session.value?.moderator.id
  const w = words('webhooks')
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (known) form.current?.querySelector('input')?.focus()
  }, [known])
  const fields = fieldsOf[kind.value]
  const offered: readonly ToldType[] = kind.value === 'webhook' ? toldTypes : waitingTypes
  const problem = endpoints.problem.value
  const error = problem && problem.id === (known?.id ?? null) ? problem.error : null
  const made = known || endpoints.made.value?.site !== site ? null : endpoints.made.value
  const isFilled = Object.values(config.value).some((text) => text !== '')
  const room = config.value.chat || config.value.to || known?.target || ''
  const mayBeMine = isPrivateChat(kind.value, room.trim())
  const isMine = mine.value ?? (known?.decidesAs != null && known.decidesAs === me)
  const atField = [...fields, 'name', 'mine'].some((field) => field === error?.field)

  async function submit(event: Event) {
    event.preventDefault()
    const told = offered.filter((type) => types.value.includes(type))
    const filled = Object.fromEntries(fields.map((field) => [field, (config.value[field] ?? '').trim()]))
    const saysMine = mayBeMine && (mine.value !== null || isFilled)
    const asked = { name: name.value.trim(), types: told, ...(saysMine && { mine: isMine }) }
    if (known) await endpoints.change(known.id, { ...asked, ...(isFilled && { config: filled }) })
    else if (await endpoints.add({ ...asked, site, kind: kind.value, config: filled })) {
      name.value = ''
      config.value = {}
      mine.value = null
    }
  }

  const why = (field: string) =>
    error?.field === field && (
      <strong class="error" role="alert">
        {errorWords(error)}
      </strong>
    )

  return (
    <form ref={form} class="line-form person" onSubmit={submit} aria-label={known?.name ?? w.add}>
      {!known && (
        <label>
          <span>{w.kind}</span>
          <select
            value={kind.value}
            onChange={(event) => {
              kind.value = event.currentTarget.value as EndpointKind
              config.value = {}
              mine.value = null
            }}
          >
            {endpointKinds.map((one) => (
              <option key={one} value={one}>
                {one === 'webhook' ? w.webhook : brands[one]}
              </option>
            ))}
          </select>
        </label>
      )}
      <label class="grow">
        <span>{w.name}</span>
        <input
          type="text"
          required
          maxLength={limits.name}
          value={name.value}
          onInput={(event) => {
            name.value = event.currentTarget.value
          }}
        />
        {why('name')}
      </label>
      {fields.map((field) => (
        <label key={field} class="grow">
          <span>{w.fields[field === 'url' && kind.value === 'matrix' ? 'server' : field]}</span>
          <input
            type={(field === 'token' ? 'password' : field === 'url' ? 'url' : 'text') as 'text'}
            required={!known || isFilled}
            autocomplete="off"
            spellcheck={false}
            dir="ltr"
            maxLength={limits.url}
            value={config.value[field] ?? ''}
            aria-invalid={error?.field === field}
            onInput={(event) => {
              config.value = { ...config.value, [field]: event.currentTarget.value }
            }}
          />
          {why(field)}
        </label>
      ))}
      {known && <p class="whole quiet">{w.newConfig}</p>}
      {mayBeMine && (
        <div class="whole">
          <label class="switch">
            <input
              type="checkbox"
              checked={isMine}
              onChange={(event) => {
                mine.value = event.currentTarget.checked
              }}
            />
            <span>{w.mine}</span>
          </label>
          {why('mine')}
        </div>
      )}
      <fieldset class="whole sites-of">
        <legend>{w.types}</legend>
        <ul>
          {offered.map((type) => (
            <li key={type}>
              <label class="switch">
                <input
                  type="checkbox"
                  checked={types.value.includes(type)}
                  onChange={(event) => {
                    const others = types.value.filter((one) => one !== type)
                    types.value = event.currentTarget.checked ? [...others, type] : others
                  }}
                />
                <span>{w.type[type]}</span>
              </label>
            </li>
          ))}
        </ul>
        {why('types')}
      </fieldset>
      {error && !atField && error.field !== 'types' && (
        <p class="whole error" role="alert">
          {formatMessage(w.failed, { error: errorWords(error) })}
        </p>
      )}
      <div class="whole acts">
        <button type="submit" class="primary" {...held(endpoints.busy.value)}>
          {known ? w.save : w.add}
        </button>
        {known ? (
          <button
            type="button"
            onClick={() => {
              endpoints.changing.value = null
            }}
          >
            {w.cancel}
          </button>
        ) : (
          <small class="quiet">
            <a href="docs/notifications">{w.hint}</a>
          </small>
        )}
      </div>
      {made && (
        <div class="whole">
          <MadeSecret
            key={made.secret}
            secret={made.secret}
            name={made.name}
            kept={endpoints.made}
            note={formatMessage(w.once, { name: made.name })}
          />
        </div>
      )}
    </form>
  )
}
