import { language, oneKey, type Theme, theme, themes } from './preferences.ts'
import { words } from './words.ts'

/** Language and appearance; `all` adds the switch of the one-key shortcuts. */
export function Preferences({ all = false }: { all?: boolean }) {
  const w = words().preferences
  return (
    <div class="preferences">
      <label>
        <span>{w.language}</span>
        <select
          value={language.value}
          onChange={(event) => {
            language.value = event.currentTarget.value === 'ja' ? 'ja' : 'en'
          }}
        >
          <option value="en" lang="en">
            English
          </option>
          <option value="ja" lang="ja">
            日本語
          </option>
        </select>
      </label>
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
      {all && (
        <label class="switch">
          <input
            type="checkbox"
            checked={oneKey.value}
            onChange={(event) => {
              oneKey.value = event.currentTarget.checked
            }}
          />
          <span>{w.oneKey}</span>
        </label>
      )}
    </div>
  )
}
