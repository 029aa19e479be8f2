import type { TargetedEvent, TargetedKeyboardEvent } from 'preact'
import type { Draft, Field } from './drafts.ts'
import type { Model } from './model.ts'

interface Props {
  model: Model
  draft: Draft
  label: string
}

/** A form for one text: one calm field until touched. */
export function Composer({ model, draft, label }: Props) {
  const { drafts, thread, words } = model
  const { say } = words
  const left = drafts.left(draft)
  const submit = (event: TargetedEvent<HTMLFormElement, Event>) => {
    event.preventDefault()
    drafts.submit(draft, String(new FormData(event.currentTarget).get('subject') ?? ''))
  }
  const press = (event: TargetedKeyboardEvent<HTMLFormElement>) => {
    if (event.isComposing || event.keyCode === 229) {
      if (event.key === 'Enter') event.preventDefault()
    } else if (event.key === 'Escape') drafts.close(draft)
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit()
  }
  return (
    <form
      class="composer"
      part="composer"
      noValidate
      onSubmit={submit}
      onKeyDown={press}
      onFocusIn={() => drafts.touch(draft)}
    >
      <Input model={model} draft={draft} name="body" label={label} rows={draft.since ? 5 : 2} />
      {draft.since > 0 && (
        <>
          {!draft.revision && (
            <div class="fields">
              <Input model={model} draft={draft} name="name" label={say('name')} required />
              <Input model={model} draft={draft} name="email" label={say('email')} type="email" />
              <Input model={model} draft={draft} name="url" label={say('url')} type="url" />
            </div>
          )}
          <div class="hidden" aria-hidden="true">
            <input name="subject" tabIndex={-1} autocomplete="off" />
          </div>
          {draft.errors[''] && (
            <p class="error" role="alert">
              {draft.errors['']}
            </p>
          )}
          <footer>
            <span class="quiet">{left === undefined ? say('hint') : say('left', { count: left })}</span>
            {draft.id && (
              <button type="button" onClick={() => drafts.close(draft)}>
                {say('cancel')}
              </button>
            )}
            <button type="submit" class="main" part="submit">
              <span>{say(draft.revision ? 'save' : thread?.moderated ? 'submit' : 'post')}</span>
            </button>
          </footer>
        </>
      )}
    </form>
  )
}

interface InputProps extends Props {
  name: Field
  type?: string
  required?: boolean
  rows?: number
}

function Input({ model, draft, name, label, ...rest }: InputProps) {
  const id = `${name}-${draft.id}`
  const error = draft.errors[name]
  const Tag = name === 'body' ? 'textarea' : 'input'
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <Tag
        {...rest}
        id={id}
        name={name}
        dir="auto"
        part="field"
        autocomplete={name === 'body' ? 'off' : name}
        value={name === 'body' ? draft.body : model.author[name]}
        aria-invalid={!!error}
        aria-describedby={error && `error-${id}`}
        onInput={({ currentTarget }: TargetedEvent<HTMLInputElement | HTMLTextAreaElement>) =>
          model.drafts.write(draft, name, currentTarget.value)
        }
      />
      {error && (
        <span class="error" id={`error-${id}`}>
          {error}
        </span>
      )}
    </p>
  )
}
