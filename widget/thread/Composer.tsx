import type { TargetedEvent } from 'preact'
import { close, type Draft, type Field, left, submit, touch, write } from './drafts.ts'
import type { Model } from './model.ts'

/** A form for one text: one calm field until touched. */
export function Composer({ model, draft, label }: { model: Model; draft: Draft; label: string }) {
  const { say, thread, author } = model
  const { id, since, revision, errors } = draft
  const count = left(model, draft)
  const field = (name: Field, label: string) => {
    const error = errors[name]
    const Tag = name === 'body' ? 'textarea' : 'input'
    return (
      <label class="quiet">
        {label}
        <Tag
          id={`${name}-${id}`}
          name={name}
          type={name}
          autocomplete={name}
          dir="auto"
          part="field"
          required={name === 'body' || name === 'name'}
          value={name === 'body' ? draft.body : author[name]}
          aria-invalid={!!error}
          aria-describedby={`error-${name}-${id}`}
          onFocus={() => touch(model, draft)}
          onInput={(event: TargetedEvent<HTMLInputElement>) =>
            write(model, draft, name, event.currentTarget.value)
          }
        />
        <span class="error" id={`error-${name}-${id}`}>
          {error}
        </span>
      </label>
    )
  }
  return (
    <form
      part="composer"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit(model, draft, String(new FormData(event.currentTarget).get('subject')))
      }}
      onKeyDown={(event) => {
        const { key, isComposing, keyCode, ctrlKey, metaKey } = event
        // Safari tells of the Enter that ends a composition only by its key code.
        if (isComposing || keyCode === 229) {
          if (key === 'Enter') event.preventDefault()
        } else if (key === 'Escape') close(model, draft)
        else if (key === 'Enter' && (ctrlKey || metaKey)) event.currentTarget.requestSubmit()
      }}
    >
      {field('body', label)}
      {since > 0 && (
        <>
          {!revision && (
            <div class="fields">
              {field('name', say('name'))}
              {field('email', say('email'))}
              {field('url', say('url'))}
            </div>
          )}
          <input class="hidden" aria-hidden="true" name="subject" tabIndex={-1} autocomplete="off" />
          <p class="error" role="alert">
            {errors['']}
          </p>
          <footer class="quiet actions">
            <span>{count === undefined ? say('hint') : say('left', { count })}</span>
            {id && (
              <button type="button" onClick={() => close(model, draft)}>
                {say('cancel')}
              </button>
            )}
            <button class="send" part="submit">
              <span>{say(revision ? 'save' : thread?.moderated ? 'submit' : 'post')}</span>
            </button>
          </footer>
        </>
      )}
    </form>
  )
}
