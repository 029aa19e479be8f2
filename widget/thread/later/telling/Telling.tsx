import type { NewSubscription } from '../../../../worker/contract/subscriptions.ts'
import type { ApiError } from '../../../common/api.ts'
import type { Draft } from '../../model/draft.ts'
import { announce, type Model } from '../../model/model.ts'
import { Field, inputOf } from '../../view/Field.tsx'
import { choices, emailOf, tick, ticked } from './wish.ts'

/** Where a writer may say what they want to be told by mail; and whoever does not write may follow the thread. */
export function Telling({ model, draft }: { model: Model; draft: Draft }) {
  const { say } = model
  const now = ticked(model)
  return (
    <>
      <Field model={model} draft={draft} name="email" label={say('email')}>
        <input {...inputOf(model, draft, 'email')} value={emailOf(model)} type="email" autocomplete="email" />
      </Field>
      <div class="telling">
        {choices.map(([choice, word]) => (
          <label key={choice}>
            <input
              type="checkbox"
              name="subscribe"
              value={choice}
              checked={now.includes(choice)}
              onChange={({ currentTarget }) => tick(model, choice, currentTarget.checked)}
            />
            {say(word)}
          </label>
        ))}
        <span class="quiet">{say('tellFirst')}</span>
        {!draft.id && (
          <button type="button" onClick={() => follow(model, draft)}>
            {say('followThread')}
          </button>
        )}
        {draft.followed && <p class="quiet">{say('followed')}</p>}
      </div>
    </>
  )
}

/** Has the thread followed by whoever has the address, once they confirm that. What was written stays. */
async function follow(model: Model, draft: Draft): Promise<void> {
  const { writing } = model.loaded
  const email = emailOf(model)
  if (!email.trim())
    return writing?.showError(model, draft, {
      code: 'missing',
      message: 'Please fill this in.',
      field: 'email',
    })
  const { key, url, tag: locale } = model
  const wish: NewSubscription = { email, key, url, kinds: ['thread'], locale }
  draft.errors = {}
  try {
    await writing?.callSite(model, 'POST', 'subscriptions', wish)
    draft.followed = true
    announce(model, model.say('followed'))
  } catch (error) {
    writing?.showError(model, draft, (error as ApiError).detail)
  }
}
