import type { Draft } from '../../model/draft.ts'
import type { Model } from '../../model/model.ts'
import { marks } from './marks.ts'

type Name = keyof typeof marks

/** What the buttons show, as paths within 16 by 16. */
const icons = [
  ['bold', 'M4.5 8H9a2.5 2.5 0 0 0 0-5H4.5v10h5a2.5 2.5 0 0 0 0-5'],
  ['italic', 'M7 3h5M4 13h5M10 3 6 13'],
  [
    'linkWords',
    'M6.5 9.5l3-3M7.5 4.5 9 3a2.8 2.8 0 0 1 4 4l-1.5 1.5M8.5 11.5 7 13a2.8 2.8 0 0 1-4-4l1.5-1.5',
  ],
  ['quote', 'M3 3v10M7 4h7M7 8h7M7 12h4'],
  ['code', 'M5 4 1.5 8 5 12M11 4l3.5 4L11 12'],
  ['list', 'M6.5 4H14M6.5 8H14M6.5 12H14M2.5 4h.01M2.5 8h.01M2.5 12h.01'],
] as const satisfies [Name, string][]

/** Buttons that put the signs of Markdown into a text: one stop of the Tab key, between which arrows go. */
export function Formatting({ model, draft }: { model: Model; draft: Draft }) {
  const { say } = model
  return (
    <>
      <div role="toolbar" class="marks" aria-label={say('help')} onKeyDown={moveAmong}>
        {icons.map(([name, path], index) => (
          <button
            key={name}
            type="button"
            tabIndex={index && -1}
            aria-label={say(name)}
            title={say(name)}
            // The field keeps the focus: no keyboard on the screen is to close and open.
            onMouseDown={(event) => event.preventDefault()}
            onClick={({ currentTarget }) => format(model, currentTarget.form?.body, name)}
          >
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d={path} />
            </svg>
          </button>
        ))}
      </div>
      {draft.help && <p class="quiet notice plain">{say('helpText')}</p>}
    </>
  )
}

/** The formatting of a letter that is pressed with Ctrl or Cmd in the text. */
const letters: Record<string, Name> = { b: 'bold', i: 'italic', k: 'linkWords' }

/** Puts it, if anything belongs to the letter. */
export function formatByKey(model: Model, event: KeyboardEvent): void {
  const name = letters[event.key]
  const field = event.target as HTMLTextAreaElement
  if (!name || field.name !== 'body') return
  event.preventDefault()
  format(model, field, name)
}

function format(model: Model, field: HTMLTextAreaElement, name: Name): void {
  const { from, to, text, selected } = marks[name](field.value, field.selectionStart, field.selectionEnd)
  field.focus()
  field.setSelectionRange(from, to)
  model.loaded.writing?.insertText(field, text)
  field.setSelectionRange(from + selected[0], from + selected[1])
}

function moveAmong(event: KeyboardEvent): void {
  const bar = event.currentTarget as HTMLElement
  const buttons = [...bar.children] as HTMLElement[]
  const forward = getComputedStyle(bar).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
  const step = event.key === forward ? 1 : /^Arrow(Left|Right)$/.test(event.key) && -1
  const from = event.target as HTMLElement
  const next = step && buttons.at((buttons.indexOf(from) + step) % buttons.length)
  if (!next) return
  from.tabIndex = -1
  next.tabIndex = 0
  next.focus()
}
