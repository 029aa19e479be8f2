import { type Draft, personal } from '../../model/draft.ts'
import { closeDraft } from '../../model/drafts.ts'
import type { Model } from '../../model/model.ts'
import { Field, inputOf } from '../../view/Field.tsx'
import { Problem } from '../../view/Problem.tsx'
import { Assistance, toggleHelp, togglePreview } from './assistance.tsx'
import { charactersLeft } from './errors.ts'

/** All of a form but the text: who writes, what is wrong, help to write, and the buttons. */
export function FormDetails({ model, draft }: { model: Model; draft: Draft }) {
  const { say, knows, thread, author } = model
  const { id, change, errors, help, preview } = draft
  const count = charactersLeft(model, draft.body)
  return (
    <>
      {!change && (
        <div class="actions">
          {personal.map((name) => (
            <Field key={name} model={model} draft={draft} name={name} label={say(name)}>
              <input
                {...inputOf(model, draft, name)}
                required={name === 'name'}
                value={author[name]}
                type={(name === 'name' ? undefined : name) as 'email'}
                autocomplete={name}
              />
            </Field>
          ))}
        </div>
      )}
      <input class="hidden" aria-hidden="true" name="subject" tabIndex={-1} autocomplete="off" />
      <Problem model={model} error={errors['']} role="alert" />
      <Assistance model={model} draft={draft} />
      <footer class="actions">
        <span class="quiet">
          {count !== undefined && knows('left') ? say('left', { count }) : say('hint')}
        </span>
        <button type="button" aria-expanded={!!help} onClick={() => toggleHelp(model, draft)}>
          {say('help')}
        </button>
        <button type="button" aria-pressed={!!preview} onClick={() => togglePreview(model, draft)}>
          {say('preview')}
        </button>
        {id && (
          <button type="button" onClick={() => closeDraft(model, draft)}>
            {say('cancel')}
          </button>
        )}
        <button type="submit" class="send" part="submit">
          <span>{change?.button ?? say(thread?.moderated ? 'submit' : 'post')}</span>
        </button>
      </footer>
    </>
  )
}
