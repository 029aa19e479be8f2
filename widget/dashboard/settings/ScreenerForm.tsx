import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { limits } from '../../../worker/contract/limits.ts'
import type { ScreenerKind } from '../../../worker/contract/screeners.ts'
import { onEscape } from '../core/composing.ts'
import { held } from '../core/held.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { type Config, configuration, screenersOf } from './screeners.ts'
import { settingsOf } from './settings.ts'

/** Sets one service up, or asks once more before it is taken away: its secrets can't be put back. */
export function ScreenerForm({ kind, removing }: { kind: ScreenerKind; removing: boolean }) {
  const screeners = use(screenersOf)
  const settings = use(settingsOf)
  const form = useRef<HTMLFormElement>(null)
  const config = useSignal<Config>(
    kind === 'akismet'
      ? { blog: settings.site.peek()?.origins.find((origin) => URL.canParse(origin)) ?? '' }
      : {},
  )
  const w = words('settings').screeners
  const { name } = w.kinds[kind]
  const problem = screeners.problem.value
  const fields = removing ? [] : configuration[kind]
  const atField = fields.some((field) => field.name === problem?.field)

  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, button')?.focus()
  }, [])

  function submit(event: Event) {
    event.preventDefault()
    if (removing) screeners.remove(kind)
    else screeners.set(kind, config.value)
  }

  return (
    <form
      ref={form}
      class="stack"
      onSubmit={submit}
      aria-label={name}
      onKeyDown={onEscape(() => screeners.turn(null))}
    >
      {removing && <p>{formatMessage(w.removing, { name })}</p>}
      {fields.map((field) => (
        <label key={field.name}>
          <span>{w.fields[field.name]}</span>
          <input
            type={field.type as 'text'}
            required
            autocomplete="off"
            spellcheck={false}
            dir="ltr"
            placeholder={field.example}
            maxLength={limits.url}
            value={config.value[field.name] ?? ''}
            aria-invalid={problem?.field === field.name}
            onInput={(event) => {
              config.value = { ...config.value, [field.name]: event.currentTarget.value }
            }}
          />
          {problem?.field === field.name && (
            <strong class="error" role="alert">
              {errorWords(problem)}
            </strong>
          )}
        </label>
      ))}
      {problem && !atField && (
        <p class="error" role="alert">
          {formatMessage(w.failed, { error: errorWords(problem) })}
        </p>
      )}
      <div class="do">
        <button type="submit" class={removing ? '' : 'primary'} {...held(screeners.busy.value)}>
          {removing ? w.removeNow : w.save}
        </button>
        <button type="button" onClick={() => screeners.turn(null)}>
          {w.cancel}
        </button>
      </div>
    </form>
  )
}
