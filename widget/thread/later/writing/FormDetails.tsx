import type { Draft } from '../../model/draft.ts'
import { loadAsked } from '../../model/loading.ts'
import type { Model } from '../../model/model.ts'
import { Field, inputOf } from '../../view/Field.tsx'
import { Problem } from '../../view/Problem.tsx'
import { authorOf } from './authorOf.ts'
import { closeDraft } from './closeDraft.ts'
import { charactersLeft } from './errors.ts'
import { isKept } from './isKept.ts'

/** All of a form but the text: help to write, who writes, what is wrong, and the buttons. */
export function FormDetails({ model, draft }: { model: Model; draft: Draft }) {
  const { say, thread } = model
  const { id, change, errors, help, preview } = draft
  const { Formatting } = model.loaded.formatting ?? {}
  const { Preview } = model.loaded.preview ?? {}
  const { Telling } = model.loaded.telling ?? {}
  const previewing = preview !== undefined
  return (
    <>
      {Preview && previewing && <Preview model={model} draft={draft} />}
      <div class="actions tools" ref={() => loadBesides(model)}>
        {Formatting && !previewing && <Formatting model={model} draft={draft} />}
        <button type="button" aria-pressed={!previewing} onClick={() => showText(model, draft)}>
          {say('compose')}
        </button>
        <button
          type="button"
          aria-pressed={previewing}
          onClick={({ currentTarget }) =>
            previewing || showPreview(model, draft, currentTarget.form?.body.offsetHeight)
          }
        >
          {say('preview')}
        </button>
      </div>
      {!change && (
        <div class="actions">
          {(['name', 'url'] as const).map((name) => (
            <Field key={name} model={model} draft={draft} name={name} label={say(name)}>
              <input
                {...inputOf(model, draft, name)}
                required={name === 'name'}
                value={authorOf(model)[name]}
                type={(name === 'name' ? undefined : name) as 'url'}
                autocomplete={name}
              />
            </Field>
          ))}
          {Telling && <Telling model={model} draft={draft} />}
        </div>
      )}
      <input class="hidden" aria-hidden="true" name="subject" tabIndex={-1} autocomplete="off" />
      <footer class="actions">
        <div>
          <Problem model={model} error={errors['']} role="alert" />
          {!errors[''] && <span class="quiet">{noteOf(model, draft)}</span>}
        </div>
        <button
          type="button"
          aria-expanded={!!help}
          onClick={() => {
            draft.help = !help
            model.changed()
          }}
        >
          {say('help')}
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

/** What a writer has to know before they send, beside the button that does so. */
function noteOf(model: Model, draft: Draft): string {
  const { say, button } = model
  const count = charactersLeft(model, draft.body)
  // Where no script runs nothing is known of the browser.
  const scripted = button.type === 'button'
  const notes = [
    scripted && !navigator.onLine && say('offline'),
    scripted && !isKept() && say('unkept'),
    count !== undefined && say('left', { count }),
  ]
  return notes.filter(Boolean).join(' ') || say('hint')
}

/** Shows what a text will look like, in place of a field that is so many pixels high. */
async function showPreview(model: Model, draft: Draft, height: number): Promise<void> {
  try {
    await loadAsked(model, 'preview')
    draft.preview = height
  } catch {
    draft.errors[''] = { code: 'unavailable' }
  }
  model.changed()
}

/** Returns from that to the text. */
function showText(model: Model, draft: Draft): void {
  draft.preview = undefined
  model.focus = `body-${draft.id}`
  model.changed()
}

const asked = new WeakSet<Model>()

/** Loads the buttons that format, and news by mail where there are any, once; a form does without them where that fails. */
function loadBesides(model: Model): void {
  if (asked.has(model)) return
  asked.add(model)
  loadAsked(model, 'formatting').catch(() => {})
  if (model.thread?.telling) loadAsked(model, 'telling').catch(() => {})
}
