import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import { limits } from '../../../worker/contract/limits.ts'
import { errorWords, own, tell, words } from '../core/words.ts'
import { use } from '../desk.ts'
import {
  type Field,
  type Flaw,
  lineOf,
  type NumberName,
  numbers,
  type SwitchName,
  zeroIsOff,
} from './form.ts'
import { settingsOf } from './settings.ts'

/** A number, with what it means and what is wrong with it. */
export function NumberField({ name }: { name: NumberName }) {
  const settings = use(settingsOf)
  const w = words().settings
  // While it is typed it is let be, until somebody tries to save it.
  const typingAt = useSignal(-1)
  const { least, most, step, share } = numbers[name]
  const problem = problemOf(settings, name, typingAt.value === settings.failures.value)
  return (
    <div class="setting">
      <label for={`setting-${name}`}>{w.fields[name]}</label>
      <span class="amount">
        <input
          id={`setting-${name}`}
          type="number"
          inputMode={share ? 'decimal' : 'numeric'}
          min={least}
          max={most}
          step={step}
          value={settings.form.value?.[name]}
          {...described(name, problem)}
          onBlur={() => {
            typingAt.value = -1
          }}
          onInput={(event) => {
            typingAt.value = settings.failures.peek()
            settings.set(name, event.currentTarget.value)
          }}
        />
        <span class="quiet" aria-hidden="true">
          {share
            ? '%'
            : zeroIsOff(name) && Number(settings.form.value?.[name]) === 0
              ? words().settings.off
              : ''}
        </span>
      </span>
      <Notes name={name} problem={problem} />
    </div>
  )
}

/** A condition that holds or doesn't; `children` say more of it while it holds. */
export function Switch({ name, children }: { name: SwitchName; children?: ComponentChildren }) {
  const settings = use(settingsOf)
  const on = settings.form.value?.[name]
  const problem = problemOf(settings, name)
  return (
    <div class="setting">
      <label class="switch">
        <input
          type="checkbox"
          checked={on}
          {...described(name, problem)}
          onChange={(event) => settings.set(name, event.currentTarget.checked)}
        />
        <span>{words().settings.fields[name]}</span>
      </label>
      {on && children}
      <Notes name={name} problem={problem} />
    </div>
  )
}

/** A choice of a few. */
export function Choice(props: {
  name: 'nightFrom' | 'nightTo' | 'timeZone'
  options: { value: string; label: string }[]
}) {
  const settings = use(settingsOf)
  const { name, options } = props
  return (
    <label class="choice">
      <span>{words().settings.fields[name]}</span>
      <select
        value={settings.form.value?.[name]}
        {...described(name, problemOf(settings, name))}
        onChange={(event) => settings.set(name, event.currentTarget.value)}
      >
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}

/** What a field means, and what is wrong with it. */
export function Notes({ name, problem }: { name: Field; problem: string }) {
  const hint = hintOf(name)
  return (
    <>
      {hint && (
        <p class={zeroIsOff(name) ? 'unseen' : 'quiet hint'} id={`hint-${name}`}>
          {hint}
        </p>
      )}
      <p class="error" id={`problem-${name}`}>
        {problem}
      </p>
    </>
  )
}

/** Ties a field to its notes. */
export function described(name: Field, problem: string) {
  const notes = [hintOf(name) && `hint-${name}`, problem && `problem-${name}`].filter(Boolean).join(' ')
  return { 'aria-invalid': problem !== '', ...(notes && { 'aria-describedby': notes }) }
}

const hintOf = (name: Field) => own<string>(words().settings.hints, name)

/** What is wrong with a field in words, or nothing; a number is let be while it is typed. */
export function problemOf(settings: ReturnType<typeof settingsOf>, name: Field, typing = false) {
  const refused = settings.refused.value[name]
  if (refused) return refusedWords(refused, String(settings.form.value?.[name] ?? ''))
  const flaw = settings.flaws.value[name]
  return flaw && !typing ? flawWords(flaw) : ''
}

/** What the worker refused; of a list the line, for it was sent as entries. */
function refusedWords(error: ErrorDetail, text: string): string {
  const w = words().settings
  const [, index] = error.field?.match(/^(?:entries|lists\.\w+)\.(\d+)$/) ?? []
  if (!index) return errorWords(error)
  if (error.limit === limits.words) return tell(w.tooMany, { limit: limits.words })
  const line = lineOf(text, Number(index))
  return tell(w.line, { line, error: errorWords(error) })
}

function flawWords(flaw: Flaw): string {
  const w = words().settings.flaws
  return flaw.kind === 'range' ? tell(w.range, { least: flaw.least, most: flaw.most }) : w[flaw.kind]
}
