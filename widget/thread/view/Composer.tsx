import { close, type Draft, type Field, left, personal, submit, touch, write } from '../model/drafts.ts'
import type { Model } from '../model/model.ts'
import { Problem } from './Problem.tsx'

/** A form for one text: one calm field until touched. */
export function Composer({ model, draft, label }: { model: Model; draft: Draft; label: string }) {
  const { say, knows, thread, author, part: Part } = model
  const { id, since, change, errors } = draft
  const count = left(model, draft)
  const field = (name: Field, label: string) => {
    const key = `${name}-${id}`
    const props = {
      id: key,
      name,
      dir: 'auto',
      part: 'field',
      required: name === 'body' || name === 'name',
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
          <textarea {...props} value={draft.body} onPaste={(event) => Part?.paste(model, draft, event)} />
        ) : (
          <input
            {...props}
            value={author[name]}
            type={(name === 'name' ? undefined : name) as 'email'}
            autocomplete={name}
          />
        )}
        <Problem model={model} error={errors[name]} id={`error-${key}`} />
      </div>
    )
  }
  return (
    <form
      part="composer"
      {...model.composer}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit(model, draft, event.currentTarget.subject?.value ?? '')
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
          {!change && <div class="actions">{personal.map((name) => field(name, say(name)))}</div>}
          <input class="hidden" aria-hidden="true" name="subject" tabIndex={-1} autocomplete="off" />
          <Problem model={model} error={errors['']} role="alert" />
          {Part && <Part.Preview model={model} draft={draft} />}
          <footer class="actions">
            <span class="quiet">
              {count !== undefined && knows('left') ? say('left', { count }) : say('hint')}
            </span>
            {Part && <Part.Tools model={model} draft={draft} />}
            {id && (
              <button {...model.button} onClick={() => close(model, draft)}>
                {say('cancel')}
              </button>
            )}
            <button type="submit" class="send" part="submit">
              <span>{change?.button ?? say(thread?.moderated ? 'submit' : 'post')}</span>
            </button>
          </footer>
        </>
      )}
      {model.fields}
    </form>
  )
}
