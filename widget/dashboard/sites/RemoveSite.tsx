import { useSignal } from '@preact/signals'
import { useId, useRef } from 'preact/hooks'
import type { ListedSite } from '../../../worker/contract/site.ts'
import { onEscape } from '../core/composing.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { useLostFocus } from '../ui/lostFocus.ts'
import { sitesOf } from './sites.ts'

/** Removes a site for good: once its name is typed, some of it at a time. */
export function RemoveSite({ site, isLeaving }: { site: ListedSite; isLeaving: boolean }) {
  const sites = use(sitesOf)
  const asking = useSignal(false)
  const typed = useSignal('')
  const opener = useRef<HTMLButtonElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const progress = useRef<HTMLSpanElement>(null)
  const note = useId()
  const w = words('sites')
  const asks = asking.value
  const removal = sites.removing.value[site.id]
  const error = removal?.error
  const isWorking = removal !== undefined && !error
  const shown = isWorking ? progress : asks ? field : opener
  useLostFocus(() => shown.current, shown)

  if (isWorking)
    return (
      <span key="working" ref={progress} tabIndex={-1} class="whole removing" role="status">
        <progress max={Math.max(removal.all, 1)} value={removal.gone} aria-label={w.removing} />{' '}
        {formatMessage(w.gone, { count: removal.gone, all: removal.all })}
      </span>
    )
  if (!asks)
    return (
      <>
        {(isLeaving || error) && (
          <span class="whole error" role="alert">
            {error ? formatMessage(w.stopped, { error: errorWords(error) }) : w.interrupted}
          </span>
        )}
        <button
          ref={opener}
          type="button"
          class="plain bad"
          aria-label={formatMessage(w.removeOf, { name: site.name })}
          onClick={() => {
            asking.value = true
          }}
        >
          {isLeaving || error ? w.goOn : w.remove}
        </button>
      </>
    )
  return (
    <form
      class="asked whole"
      aria-label={formatMessage(w.removeOf, { name: site.name })}
      onSubmit={(event) => {
        event.preventDefault()
        if (typed.peek().trim() !== site.name) return
        asking.value = false
        sites.remove(site)
      }}
      onKeyDown={onEscape(() => {
        asking.value = false
      })}
    >
      <p class="whole" id={note}>
        {formatMessage(w.removal, { count: site.counts.all })}
      </p>
      <label class="whole">
        <span>{formatMessage(w.typeName, { name: site.name })}</span>
        <input
          ref={field}
          type="text"
          dir="auto"
          autocomplete="off"
          spellcheck={false}
          aria-describedby={note}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value
          }}
        />
      </label>
      <button type="submit" class="danger" disabled={typed.value.trim() !== site.name}>
        {w.removeNow}
      </button>
      <button
        type="button"
        onClick={() => {
          asking.value = false
        }}
      >
        {w.cancel}
      </button>
    </form>
  )
}
