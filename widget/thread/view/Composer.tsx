import type { ComponentChildren } from 'preact'
import { resume } from '../model/comments.ts'
import type { Draft } from '../model/draft.ts'
import { submitDraft } from '../model/drafts.ts'
import type { Model } from '../model/model.ts'
import { Field, inputOf } from './Field.tsx'

interface Props {
  model: Model
  draft: Draft
  label: ComponentChildren
}

/** A form for one text: one calm field until touched; what else there is to it is loaded with what submits it. */
export function Composer({ model, draft, label }: Props) {
  const { since, submitted } = draft
  const { say, lacking } = model
  const lacks = lacking.has('ownComments') || (since > 0 && lacking.has('writing'))
  const { FormDetails } = model.loaded.writing ?? {}
  return (
    <form
      part="composer"
      noValidate
      {...model.composer}
      onSubmit={(event) => {
        event.preventDefault()
        submitDraft(model, draft, { body: draft.body, trap: event.currentTarget.subject?.value ?? '' })
      }}
      onKeyDown={(event) => {
        const { writing } = model.loaded
        if (writing) writing.pressKey(model, draft, event)
        else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
          event.currentTarget.requestSubmit()
      }}
    >
      <Field model={model} draft={draft} name="body" label={label}>
        <textarea
          {...inputOf(model, draft, 'body')}
          required
          value={draft.body}
          onPaste={(event) => model.loaded.writing?.paste(model, event)}
        />
      </Field>
      {since > 0 && FormDetails && <FormDetails model={model} draft={draft} />}
      {model.fields}
      {lacks ? (
        <p class="notice" role="alert">
          {say('lacking')}{' '}
          <button type="button" onClick={() => resume(model)}>
            {say('retry')}
          </button>
        </p>
      ) : (
        submitted && <p class="quiet">{say('sending')}</p>
      )}
    </form>
  )
}
