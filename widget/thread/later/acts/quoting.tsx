import { openDraft, typeInto } from '../../model/drafts.ts'
import type { Model } from '../../model/model.ts'
import type { Quotable } from '../../model/quotable.ts'

/** Offers to quote what is selected in a comment that can be answered, or no longer. */
export function offerQuote(model: Model, root: ShadowRoot): void {
  const found = quotableIn(root)
  const shown = model.quotable
  model.quotable = model.items.some(({ id }) => id === found?.id) ? found : undefined
  if (shown !== model.quotable) model.changed()
}

/** The button for it, where the selection ends. */
export function Quote({ model, id }: { model: Model; id: string }) {
  const { quotable } = model
  return quotable?.id === id ? (
    <button
      type="button"
      class="send quote"
      part="quote"
      style={{ left: `${quotable.left}px`, top: `${quotable.top}px` }}
      // What is selected stays so.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => quote(model, quotable)}
    >
      <span>{model.say('quote')}</span>
    </button>
  ) : null
}

/** Puts it into the answer to its comment, behind what is written there. */
async function quote(model: Model, { id, content }: Quotable): Promise<void> {
  model.quotable = undefined
  const markdown = await model
    .load('pastedMarkdown')
    .then(({ markdownIn }) => markdownIn(content))
    .catch(() => content.textContent.trim())
  const text = markdown.replace(/^/gm, '> ').replace(/ +$/gm, '')
  const draft = openDraft(model, id)
  typeInto(model, draft, 'body', `${draft.body && `${draft.body.trimEnd()}\n\n`}${text}\n\n`)
}

function quotableIn(root: ShadowRoot): Quotable | undefined {
  const range = rangeIn(root)
  if (!range || range.collapsed) return
  const text = textAround(range.startContainer)
  const article = text?.closest('article')
  const item = article?.closest('li')
  const id = article?.id.slice('comment-'.length) ?? ''
  if (!item || text !== textAround(range.endContainer) || !root.getElementById(`reply-${id}`)) return
  const content = document.createElement('div')
  content.append(range.cloneContents())
  const last = [...range.getClientRects()].at(-1)
  const place = item.getBoundingClientRect()
  if (!content.textContent.trim() || !last) return
  return {
    ...{ id, content },
    left: Math.max(0, Math.min(last.right, place.right - 96) - place.left),
    top: last.bottom - place.top + 6,
  }
}

const textAround = (node: Node): Element | null | undefined =>
  (node instanceof Element ? node : node.parentElement)?.closest('[part=text]')

/** What is selected within a thread; browsers differ in who knows. */
function rangeIn(root: ShadowRoot & { getSelection?(): Selection | null }): Range | undefined {
  const selection: Partial<Selection> | null = root.getSelection?.() ?? document.getSelection()
  if (!selection?.rangeCount) return
  const [composed = selection.getRangeAt?.(0)] = selection.getComposedRanges?.({ shadowRoots: [root] }) ?? []
  if (!composed) return
  const range = document.createRange()
  range.setStart(composed.startContainer, composed.startOffset)
  range.setEnd(composed.endContainer, composed.endOffset)
  return range
}
