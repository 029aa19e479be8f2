import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { CommentHistory } from '../../../worker/contract/commentHistory.ts'
import { limits } from '../../../worker/contract/limits.ts'
import { held } from '../core/held.ts'
import type { History } from '../core/history.ts'
import { words } from '../core/words.ts'

interface Props {
  history: History
  found: CommentHistory
}

/** Gives a comment a text of the editors': the former one is kept for staff, or gone for good. */
export function StaffEditForm({ history, found }: Props) {
  const { comment, revisions } = found
  const shown = revisions.find((revision) => revision.shown && comment.status === 'approved')
  const stored = (shown ?? revisions[0])?.body ?? ''
  const body = useSignal(stored)
  const reason = useSignal('')
  const redacts = useSignal(false)
  const open = useSignal(false)
  const sending = useSignal(false)
  const button = useRef<HTMLButtonElement>(null)
  const w = words('comment').edit

  async function send(event: Event) {
    event.preventDefault()
    if (sending.peek() || !body.peek().trim()) return
    sending.value = true
    await history.edit({
      ...{ body: body.peek(), revision: comment.revision, keepFormer: !redacts.peek() },
      ...(reason.peek().trim() && { reason: reason.peek().trim() }),
    })
    sending.value = false
  }

  return (
    <section>
      <button
        ref={button}
        type="button"
        aria-expanded={open.value}
        onClick={() => {
          open.value = !open.value
        }}
      >
        {w.open}
      </button>
      {open.value && (
        <form class="edit-form" onSubmit={send}>
          <label>
            <span>{w.text}</span>
            <textarea
              dir="auto"
              rows={8}
              required
              defaultValue={stored}
              value={body.value}
              onInput={(event) => {
                body.value = event.currentTarget.value
              }}
            />
          </label>
          <fieldset>
            <legend>{w.former}</legend>
            {[false, true].map((value) => (
              <label key={String(value)} class="choice">
                <input
                  type="radio"
                  name="former"
                  checked={redacts.value === value}
                  onChange={() => {
                    redacts.value = value
                  }}
                />
                <span>{value ? w.redact : w.keep}</span>
              </label>
            ))}
          </fieldset>
          <label>
            <span>{w.reason}</span>
            <input
              type="text"
              dir="auto"
              maxLength={limits.reason}
              value={reason.value}
              onInput={(event) => {
                reason.value = event.currentTarget.value
              }}
            />
          </label>
          <p class="quiet">{comment.status === 'approved' || comment.shown ? w.shows : w.waits}</p>
          <p class="actions">
            <button type="submit" class={redacts.value ? 'danger' : 'approve'} {...held(sending.value)}>
              {redacts.value ? w.redactNow : w.save}
            </button>
            <button
              type="button"
              onClick={() => {
                open.value = false
                button.current?.focus()
              }}
            >
              {w.cancel}
            </button>
          </p>
        </form>
      )}
    </section>
  )
}
