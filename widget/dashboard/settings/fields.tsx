import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import { limits } from '../../../worker/contract/limits.ts'
import { siteSettings } from '../../../worker/contract/siteSettings.ts'
import { errorWords, formatMessage, own, words } from '../core/words.ts'
import { use } from '../desk.ts'
import {
  type ChoiceName,
  type Field,
  type Flaw,
  lineOf,
  type NumberName,
  rangeOf,
  type SwitchName,
  type TextName,
  zeroIsOff,
} from './form.ts'
import { settingsOf } from './settings.ts'

/** A number, with what it means and what is wrong with it. */
export function NumberField({ name }: { name: NumberName }) {
  const settings = use(settingsOf)
  const w = words('settings')
  // While it is typed it is let be, until somebody tries to save it.
  const typingAt = useSignal(-1)
  const { least, most, step } = rangeOf(name)
  const share = siteSettings[name].kind === 'share'
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
              ? words('settings').off
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
        <span>{words('settings').fields[name]}</span>
      </label>
      {on && children}
      <Notes name={name} problem={problem} />
    </div>
  )
}

interface Choice {
  name: ChoiceName
  /** What is wrong, where the field knows better than its rules do. */
  problem?: string
  /** Whether the heading above says what is chosen. */
  headed?: boolean
}

/** One of a few words. */
export function ChoiceField({ name, problem: told, headed }: Choice) {
  const settings = use(settingsOf)
  const w = words('settings')
  const chosen = settings.form.value?.[name]
  const problem = told ?? problemOf(settings, name)
  const options: Record<string, string> = w.choices[name]
  return (
    <fieldset class="policies">
      <legend class={headed ? 'unseen' : ''}>{w.fields[name]}</legend>
      {siteSettings[name].options.map((option) => (
        <label key={option} class="switch">
          <input
            type="radio"
            name={name}
            checked={chosen === option}
            {...(chosen === option && described(name, problem))}
            onChange={() => settings.set(name, option)}
          />
          <span>{options[option]}</span>
        </label>
      ))}
      <Notes name={name} problem={problem} />
    </fieldset>
  )
}

/** A line of text. */
export function TextField({ name }: { name: TextName }) {
  return <LineField name={name} most={siteSettings[name].most} />
}

/** A line of text of a site, of `most` characters; `list` is the id of what is suggested. */
export function LineField(props: { name: TextName | 'name' | 'locale'; most: number; list?: string }) {
  const { name, most, list } = props
  const settings = use(settingsOf)
  const problem = problemOf(settings, name)
  return (
    <div class="setting">
      <label for={`setting-${name}`}>{words('settings').fields[name]}</label>
      <input
        id={`setting-${name}`}
        type="text"
        dir="auto"
        autocomplete="off"
        spellcheck={false}
        maxLength={most}
        list={list}
        value={settings.form.value?.[name]}
        {...described(name, problem)}
        onInput={(event) => settings.set(name, event.currentTarget.value)}
      />
      <Notes name={name} problem={problem} />
    </div>
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

const hintOf = (name: Field) => own<string>(words('settings').hints, name)

/** What is wrong with a field in words, or nothing; a number is let be while it is typed. */
export function problemOf(settings: ReturnType<typeof settingsOf>, name: Field, typing = false) {
  const refused = settings.refused.value[name]
  if (refused) return refusedWords(refused, String(settings.form.value?.[name] ?? ''))
  const flaw = settings.flaws.value[name]
  return flaw && !typing ? flawWords(flaw) : ''
}

/** What the worker refused; of a list the line, for it was sent as entries. */
function refusedWords(error: ErrorDetail, text: string): string {
  const w = words('settings')
  const [, index] = error.field?.match(/^(?:entries|origins|lists\.\w+)\.(\d+)$/) ?? []
  if (!index) return errorWords(error)
  if (error.limit === limits.words) return formatMessage(w.tooMany, { limit: limits.words })
  const line = lineOf(text, Number(index))
  return formatMessage(w.line, { line, error: errorWords(error) })
}

function flawWords(flaw: Flaw): string {
  const w = words('settings').flaws
  return flaw.kind === 'range' ? formatMessage(w.range, { least: flaw.least, most: flaw.most }) : w[flaw.kind]
}
