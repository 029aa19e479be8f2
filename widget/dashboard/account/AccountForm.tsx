import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import { languages } from '../../../worker/contract/languages.ts'
import { limits } from '../../../worker/contract/limits.ts'
import type { AccountChange } from '../../../worker/contract/session.ts'
import { detailOf } from '../core/connection.ts'
import { held } from '../core/held.ts'
import { nameOfLanguage } from '../core/languageNames.ts'
import { errorWords, words } from '../core/words.ts'
import { ownZone } from '../core/zone.ts'
import { useDesk } from '../desk.ts'

/** A form for one's own name, language and time zone. */
export function AccountForm() {
  const { session } = useDesk()
  const me = session.session.value?.moderator
  const name = useSignal(me?.name ?? '')
  const locale = useSignal<string>(me?.locale ?? '')
  const timeZone = useSignal(me?.timeZone ?? '')
  const state = useSignal<'idle' | 'saving' | 'saved'>('idle')
  const error = useSignal<ErrorDetail | null>(null)
  const problem = useId()
  const w = words('account')
  const told = error.value

  function take(field: { value: string }) {
    return (event: { currentTarget: { value: string } }) => {
      field.value = event.currentTarget.value
      state.value = 'idle'
    }
  }

  async function save(event: Event) {
    event.preventDefault()
    state.value = 'saving'
    error.value = null
    try {
      await session.describe({
        name: name.peek().trim(),
        locale: (locale.peek() || null) as AccountChange['locale'],
        timeZone: timeZone.peek() || null,
      })
      state.value = 'saved'
    } catch (reason) {
      error.value = detailOf(reason)
      state.value = 'idle'
    }
  }

  return (
    <form class="line-form" aria-label={words().places.account} onSubmit={save}>
      <label class="grow">
        <span>{w.name}</span>
        <input
          type="text"
          required
          autocomplete="name"
          maxLength={limits.name}
          value={name.value}
          aria-invalid={told?.field === 'name'}
          aria-describedby={told ? problem : undefined}
          onInput={take(name)}
        />
      </label>
      <label class="grow">
        <span>{w.language}</span>
        <select value={locale.value} onChange={take(locale)}>
          <option value="">{w.asBrowser}</option>
          {languages.map((one) => (
            <option key={one} value={one} lang={one}>
              {nameOfLanguage(one)}
            </option>
          ))}
        </select>
      </label>
      <label class="grow">
        <span>{w.timeZone}</span>
        <select value={timeZone.value} onChange={take(timeZone)}>
          <option value="">
            {w.asBrowser} ({ownZone()})
          </option>
          {Intl.supportedValuesOf('timeZone').map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
      </label>
      {told && (
        <p class="error whole" id={problem} role="alert">
          {errorWords(told)}
        </p>
      )}
      <p class="whole acts">
        <button type="submit" class="primary" {...held(state.value === 'saving')}>
          {w.save}
        </button>
        <span role="status" class="quiet">
          {state.value === 'saved' && w.saved}
        </span>
      </p>
    </form>
  )
}
