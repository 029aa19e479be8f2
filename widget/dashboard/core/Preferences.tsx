import { type Signal, useSignal } from '@preact/signals'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import { type Language, languages } from '../../../worker/contract/languages.ts'
import { detailOf } from './connection.ts'
import { type Theme, themes } from './kept.ts'
import { nameOfLanguage } from './languageNames.ts'
import { oneKey, swipes, theme } from './preferences.ts'
import { chooseLanguage, errorWords, formatMessage, language, words } from './words.ts'

/** Language and appearance; `all` adds the switch of the one-key shortcuts. */
export function Preferences({ all = false }: { all?: boolean }) {
  const w = words('preferences')
  const chosen = useSignal<Language>(language.value)
  const problem = useSignal<ErrorDetail | null>(null)

  async function choose(next: Language) {
    chosen.value = next
    problem.value = null
    try {
      await chooseLanguage(next)
    } catch (error) {
      problem.value = detailOf(error)
      chosen.value = language.peek()
    }
  }

  return (
    <div class="preferences">
      <label>
        <span>{w.language}</span>
        <select value={chosen.value} onChange={(event) => choose(event.currentTarget.value as Language)}>
          {languages.map((name) => (
            <option key={name} value={name} lang={name}>
              {nameOfLanguage(name)}
            </option>
          ))}
        </select>
      </label>
      {problem.value && (
        <p class="error" role="alert">
          {formatMessage(w.notSpoken, { error: errorWords(problem.value) })}
        </p>
      )}
      <label>
        <span>{w.theme}</span>
        <select
          value={theme.value}
          onChange={(event) => {
            theme.value = event.currentTarget.value as Theme
          }}
        >
          {themes.map((name) => (
            <option key={name} value={name}>
              {w.themes[name]}
            </option>
          ))}
        </select>
      </label>
      {all && <Switch on={oneKey} label={w.oneKey} />}
      {all && <Switch on={swipes} label={w.swipes} />}
    </div>
  )
}

function Switch({ on, label }: { on: Signal<boolean>; label: string }) {
  return (
    <label class="switch">
      <input
        type="checkbox"
        checked={on.value}
        onChange={(event) => {
          on.value = event.currentTarget.checked
        }}
      />
      <span>{label}</span>
    </label>
  )
}
