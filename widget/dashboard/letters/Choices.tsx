import { type Language, languages } from '../../../worker/contract/languages.ts'
import type { ListedLetter } from '../../../worker/contract/letters.ts'
import { nameOfLanguage } from '../core/languageNames.ts'
import { words } from '../core/words.ts'
import { use } from '../desk.ts'
import { OneSite } from '../ui/OneSite.tsx'
import { lettersOf, looks } from './letters.ts'

const audiences: ListedLetter['audience'][] = ['reader', 'staff']

/** Which mail is looked at, in which language and of which site, and how. */
export function Choices() {
  const letters = use(lettersOf)
  const w = words('letters')
  const items = letters.list.items.value
  return (
    <div class="ranges">
      <label class="choice which">
        <span>{w.which}</span>
        <select value={letters.kind.value} onChange={(event) => letters.choose(event.currentTarget.value)}>
          {audiences.map((audience) => (
            <optgroup key={audience} label={w.audiences[audience]}>
              {items
                .filter((item) => item.audience === audience)
                .map(({ kind, subject }) => (
                  <option key={kind} value={kind}>
                    {subject}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
      <label class="choice">
        <span>{w.language}</span>
        <select
          value={letters.lang.value}
          onChange={(event) => letters.speak(event.currentTarget.value as Language)}
        >
          {languages.map((name) => (
            <option key={name} value={name} lang={name}>
              {nameOfLanguage(name)}
            </option>
          ))}
        </select>
      </label>
      <OneSite label={words().site} />
      <fieldset aria-label={w.look}>
        {looks.map((look) => (
          <button
            key={look}
            type="button"
            aria-pressed={letters.look.value === look}
            onClick={() => {
              letters.look.value = look
            }}
          >
            {w.looks[look]}
          </button>
        ))}
      </fieldset>
      <label class="narrow">
        <input
          type="checkbox"
          checked={letters.phone.value}
          onChange={(event) => {
            letters.phone.value = event.currentTarget.checked
          }}
        />
        {w.phone}
      </label>
    </div>
  )
}
