import type { ComponentChildren } from 'preact'
import type { Draft, Field as Name } from '../model/draft.ts'
import { touchDraft, typeInto } from '../model/drafts.ts'
import type { Model } from '../model/model.ts'
import { Problem } from './Problem.tsx'

interface Props {
  model: Model
  draft: Draft
  name: Name
  label: ComponentChildren
  children: ComponentChildren
}

/** A field of a form, around the element one types into, with its label and what is wrong with what it holds. */
export function Field({ model, draft, name, label, children }: Props) {
  const id = `${name}-${draft.id}`
  return (
    <div>
      <label for={id} class="quiet">
        {label}
      </label>
      {children}
      <Problem model={model} error={draft.errors[name]} id={`error-${id}`} />
    </div>
  )
}

/** What the element in a field says of it, and does. */
export function inputOf(model: Model, draft: Draft, name: Name) {
  const id = `${name}-${draft.id}`
  return {
    id,
    name,
    dir: 'auto',
    part: 'field',
    'aria-invalid': !!draft.errors[name],
    'aria-describedby': `error-${id}`,
    onFocus: () => touchDraft(model, draft),
    onInput: (event: { currentTarget: { value: string } }) =>
      typeInto(model, draft, name, event.currentTarget.value),
  } as const
}
