import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { limits } from '../../../worker/contract/limits.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { reasonsFor, reasonWords } from '../core/reasons.ts'
import { formatMessage, words } from '../core/words.ts'
import { Key } from '../ui/Key.tsx'

interface Props {
  /** The comments that the reason is for. */
  items: QueueItem[]
  /** What is refused: comments, or what waits of them alone. */
  refused: 'reject' | 'reject_change'
  confirm: (reason?: string) => void
  cancel: () => void
}

/** Why a comment is rejected: a number picks a reason, Enter confirms, Escape cancels. */
export function Reasons({ items, refused, confirm, cancel }: Props) {
  const w = words().reject
  const siteIds = items.map(({ site }) => site.id)
  const reasons = reasonsFor(siteIds)
  const inWords = (reason: string) => reasonWords(reason, siteIds[0] ?? null)
  const form = useRef<HTMLFormElement>(null)
  const code = useSignal('')
  const text = useSignal('')
  const reason = text.value.trim() || code.value
  const own = useRef<HTMLInputElement>(null)

  useLayoutEffect(() => form.current?.querySelector('input')?.focus(), [])

  function pick(next: string) {
    code.value = next
    text.value = ''
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const button = event.target instanceof HTMLButtonElement
    if (event.key === 'Escape') cancel()
    else if (event.key === 'Enter' && !button) confirm(reason || undefined)
    else if (event.target !== own.current && reasons[Number(event.key) - 1]) {
      pick(reasons[Number(event.key) - 1]?.code ?? '')
      form.current?.querySelectorAll('input')[Number(event.key) - 1]?.focus()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <form
      ref={form}
      class="reasons"
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        confirm(reason || undefined)
      }}
    >
      <fieldset>
        <legend>
          {formatMessage(refused === 'reject' ? w.title : w.changeTitle, { count: items.length })}
        </legend>
        <div class="choices">
          {reasons.map(({ code: name }, index) => (
            <label key={name}>
              <input
                type="radio"
                name="reason"
                value={name}
                checked={code.value === name && !text.value}
                onChange={() => pick(name)}
              />
              {index < 9 && <Key always name={`${index + 1}`} />} {inWords(name)}
            </label>
          ))}
        </div>
      </fieldset>
      <label class="own">
        <span>{w.other}</span>
        <input
          ref={own}
          type="text"
          dir="auto"
          maxLength={limits.reason}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value
          }}
        />
      </label>
      <p class="quiet">{w.note}</p>
      <div class="actions">
        <button type="submit" class="reject-now">
          {reason ? formatMessage(w.with, { reason: inWords(reason) }) : w.without} <Key always name="↵" />
        </button>
        <button type="button" onClick={cancel}>
          {w.cancel} <Key always name="Esc" />
        </button>
      </div>
    </form>
  )
}
