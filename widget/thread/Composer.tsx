import { close, type Draft, type Field, left, submit, touch, write } from './drafts.ts'
import type { Model } from './model.ts'

/** A form for one text: one calm field until touched. */
export function Composer({ model, draft, label }: { model: Model; draft: Draft; label: string }) {
  const { say, thread, author } = model
  const { id, since, revision, errors } = draft
  const count = left(model, draft)
  const field = (name: Field, label: string) => {
    const key = `${name}-${id}`
    const props = {
      id: key,
      name,
      dir: 'auto',
      part: 'field',
      'aria-invalid': !!errors[name],
      'aria-describedby': `error-${key}`,
      onFocus: () => touch(model, draft),
      onInput: (event: { currentTarget: { value: string } }) =>
        write(model, draft, name, event.currentTarget.value),
    } as const
    return (
      <div>
        <label for={key} class="quiet">
          {label}
        </label>
        {name === 'body' ? (
          <textarea {...props} value={draft.body} required />
        ) : (
          <input
            {...props}
            value={author[name]}
            type={(name === 'name' ? 'text' : name) as 'text'}
            autocomplete={name}
            required={name === 'name'}
          />
        )}
        <p class="quiet error" id={`error-${key}`}>
          {errors[name]}
        </p>
      </div>
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
          <p class="quiet error" role="alert">
            {errors['']}
          </p>
          <footer class="actions">
            <span class="quiet">{count === undefined ? say('hint') : say('left', { count })}</span>
            {id && (
              <button type="button" onClick={() => close(model, draft)}>
                {say('cancel')}
              </button>
            )}
            <button type="submit" class="send" part="submit">
              <span>{say(revision ? 'save' : thread?.moderated ? 'submit' : 'post')}</span>
            </button>
          </footer>
        </>
      )}
    </form>
  )
}
