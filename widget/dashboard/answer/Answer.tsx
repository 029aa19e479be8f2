import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { ContentNode } from '../../../worker/contract/content.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { isComposing } from '../core/composing.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { Key } from '../ui/Key.tsx'
import { VisibleContent } from '../ui/Visible.tsx'
import { answersOf } from './answers.ts'
import { draftOf, keepDraft } from './drafts.ts'
import { SavedAnswers } from './SavedAnswers.tsx'

/** The form below the comment in hand: what is written in it stays until it is sent. */
export function Answer({ item }: { item: QueueItem }) {
  const desk = useDesk()
  const answers = use(answersOf)
  const draft = useSignal(draftOf(item.id))
  const nodes = useSignal<ContentNode[] | null>(null)
  const isEmpty = useSignal(false)
  const form = useRef<HTMLFormElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const w = words('answer')
  const waits = item.status !== 'approved'
  const failed = answers.problem.value?.commentId === item.id ? answers.problem.value.error : null
  const problem = isEmpty.value
    ? w.empty
    : failed && (failed.code === 'conflict' ? w.changed : errorWords(failed))

  useLayoutEffect(() => {
    const { length } = field.current?.value ?? ''
    field.current?.focus()
    field.current?.setSelectionRange(length, length)
    form.current?.scrollIntoView?.({ block: 'nearest' })
  }, [])

  function write(body: string) {
    draft.value = { ...draft.peek(), body }
    isEmpty.value = false
    keepDraft(item.id, draft.peek())
  }

  function close() {
    const row = form.current?.closest('article')
    desk.queue.list.cursor.answering.value = false
    row?.focus()
  }

  function send(approve: boolean) {
    isEmpty.value = !draft.peek().body.trim()
    if (!isEmpty.peek()) answers.send(item, draft.peek(), approve)
    else field.current?.focus()
  }

  async function preview() {
    if (nodes.peek()) {
      nodes.value = null
      return
    }
    const { contentOf } = await import('../../common/markdown.ts')
    nodes.value = contentOf(draft.peek().body)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (isComposing(event)) return
    if (event.key === 'Escape') close()
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(waits)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <form
      ref={form}
      class="answer"
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        send(waits)
      }}
    >
      <label for={`answer-${item.id}`}>{formatMessage(w.field, { name: item.author.name })}</label>
      <textarea
        ref={field}
        id={`answer-${item.id}`}
        rows={4}
        dir="auto"
        hidden={nodes.value !== null}
        value={draft.value.body}
        aria-invalid={problem !== null}
        aria-describedby={`answer-note-${item.id}`}
        onInput={(event) => write(event.currentTarget.value)}
      />
      {nodes.value && (
        <section class="body open all previewed" dir="auto" aria-label={w.preview}>
          {nodes.value.length ? <VisibleContent nodes={nodes.value} /> : <p class="quiet">{w.nothing}</p>}
        </section>
      )}
      <p
        class={problem ? 'error' : 'quiet'}
        id={`answer-note-${item.id}`}
        role={problem ? 'alert' : undefined}
      >
        {problem ?? formatMessage(w.note, { name: desk.session.session.value?.moderator.name ?? '' })}
      </p>
      <SavedAnswers
        item={item}
        add={(text) => {
          const { value = '', selectionStart = 0, selectionEnd = 0 } = field.current ?? {}
          nodes.value = null
          write(value.slice(0, selectionStart) + text + value.slice(selectionEnd))
          field.current?.focus()
        }}
      />
      <div class="actions">
        <button type="submit" class={waits ? 'approve' : 'primary'}>
          {waits ? w.sendBoth : w.send} <Key always name="Ctrl ↵" />
        </button>
        {waits && item.shown && (
          <button type="button" onClick={() => send(false)}>
            {w.send}
          </button>
        )}
        <button type="button" aria-pressed={nodes.value !== null} onClick={preview}>
          {w.preview}
        </button>
        <button type="button" onClick={close}>
          {w.close} <Key always name="Esc" />
        </button>
      </div>
    </form>
  )
}
