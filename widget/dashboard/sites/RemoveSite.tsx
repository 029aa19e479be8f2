import { useSignal } from '@preact/signals'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import type { ListedSite } from '../../../worker/contract/site.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { sitesOf } from './sites.ts'

/** Removes a site for good: once its name is typed, some of it at a time. */
export function RemoveSite({ site, isLeaving }: { site: ListedSite; isLeaving: boolean }) {
  const sites = use(sitesOf)
  const asking = useSignal(false)
  const typed = useSignal('')
  const opener = useRef<HTMLButtonElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const first = useRef(true)
  const note = useId()
  const w = words('sites')
  const asks = asking.value
  useLayoutEffect(() => {
    if (!first.current) (asks ? field : opener).current?.focus()
    first.current = false
  }, [asks])
  const now = sites.removing.value
  const mine = now?.id === site.id ? now : null

  if (mine && !mine.error)
    return (
      <span class="whole removing" role="status">
        <progress max={Math.max(mine.all, 1)} value={mine.gone} aria-label={w.removing} />{' '}
        {formatMessage(w.gone, { count: mine.gone, all: mine.all })}
      </span>
    )
  if (!asks)
    return (
      <>
        {(isLeaving || mine?.error) && (
          <span class="whole error" role="alert">
            {mine?.error ? formatMessage(w.stopped, { error: errorWords(mine.error) }) : w.interrupted}
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
          {isLeaving ? w.goOn : w.remove}
        </button>
      </>
    )
  return (
    <form
      class="asked whole"
      aria-label={formatMessage(w.removeOf, { name: site.name })}
      onSubmit={(event) => {
        event.preventDefault()
        if (typed.peek().trim() === site.name) sites.remove(site)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') asking.value = false
      }}
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
