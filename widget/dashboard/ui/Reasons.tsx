import { type Signal, useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { limits } from '../../../worker/contract/limits.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { isComposing } from '../core/composing.ts'
import { reasonsFor, reasonWords } from '../core/reasons.ts'
import { formatMessage, words } from '../core/words.ts'
import { Key } from './Key.tsx'

interface Props {
  /** The comments that the reason is for. */
  items: Pick<QueueItem, 'site'>[]
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

  useLayoutEffect(() => form.current?.querySelector('input')?.focus(), [])

  function onKeyDown(event: KeyboardEvent) {
    if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return
    const button = event.target instanceof HTMLButtonElement
    if (event.key === 'Escape') cancel()
    else if (event.key === 'Enter' && !button) confirm(reason || undefined)
    else if (!isTyped(event.target) && reasons[Number(event.key) - 1]) {
      code.value = reasons[Number(event.key) - 1]?.code ?? ''
      text.value = ''
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
      <ReasonChoice
        siteIds={siteIds}
        legend={formatMessage(refused === 'reject' ? w.title : w.changeTitle, { count: items.length })}
        chosen={{ code, text }}
        keys
      />
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

const isTyped = (target: EventTarget | null) => target instanceof HTMLInputElement && target.type === 'text'

interface ChoiceProps {
  /** The sites that it is about. */
  siteIds: string[]
  legend: string
  /** One of the reasons, or else words of one's own. */
  chosen: { code: Signal<string>; text: Signal<string> }
  /** Whether numbers pick a reason here. */
  keys?: boolean
}

/** The reasons for a refusal, and a field for one's own words. */
export function ReasonChoice({ siteIds, legend, chosen: { code, text }, keys = false }: ChoiceProps) {
  return (
    <>
      <fieldset>
        <legend>{legend}</legend>
        <div class="choices">
          {reasonsFor(siteIds).map(({ code: name }, index) => (
            <label key={name}>
              <input
                type="radio"
                name="reason"
                value={name}
                checked={code.value === name && !text.value}
                onChange={() => {
                  code.value = name
                  text.value = ''
                }}
              />
              {keys && index < 9 && <Key always name={`${index + 1}`} />}{' '}
              {reasonWords(name, siteIds[0] ?? null)}
            </label>
          ))}
        </div>
      </fieldset>
      <label class="own">
        <span>{words().reject.other}</span>
        <input
          type="text"
          dir="auto"
          maxLength={limits.reason}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value
          }}
        />
      </label>
    </>
  )
}
