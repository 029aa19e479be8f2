import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { useDesk } from '../desk.ts'
import { focusWork } from '../ui/focusWork.ts'
import { Key } from '../ui/Key.tsx'
import { nothingNotice, undoingNotice } from './notices.ts'
import { words } from './words.ts'

/** Milliseconds that what was done is told for while it can be seen. What can be undone then is still undone by its key, and from the log. */
const patience = 10_000

/**
 * The line at the bottom: what was just done, how to take it back. What was done leaves by itself, but not
 * from under a pointer or the focus; what failed stays.
 *
 * @param props.over whether this is the line in a sheet, which speaks for as long as that covers the desk
 */
export function StatusLine({ over = false }: { over?: boolean }) {
  const { acts, covered } = useDesk()
  const box = useRef<HTMLDivElement>(null)
  const kept = useSignal(false)
  const hovered = useRef(false)
  const line = covered.value === over ? acts.line.value : null
  const leaves = line?.tone === 'done' && !kept.value
  useEffect(() => {
    if (!leaves) return
    let timer: ReturnType<typeof setTimeout>
    const wait = () => {
      clearTimeout(timer)
      if (!document.hidden) timer = setTimeout(() => acts.say(null), patience)
    }
    wait()
    document.addEventListener('visibilitychange', wait)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', wait)
    }
  }, [leaves, line, acts])
  const look = () => {
    kept.value = hovered.current || Boolean(box.current?.contains(document.activeElement))
  }
  const hover = (is: boolean) => () => {
    hovered.current = is
    look()
  }
  useEffect(look, [line])
  const w = words()
  /** A button that was pressed goes with the line. */
  const leave = (act: () => void) => () => {
    if (box.current?.contains(document.activeElement)) focusWork()
    act()
  }
  return (
    <div
      ref={box}
      class={`act-line${line ? ` shown ${line.tone}` : ''}`}
      onPointerEnter={hover(true)}
      onPointerLeave={hover(false)}
      onFocusIn={look}
      onFocusOut={look}
    >
      <p role="status">{line?.say()}</p>
      {line?.undoable && (
        <button type="button" onClick={leave(() => acts.undo(undoingNotice(), nothingNotice()))}>
          {w.undo} <Key name="z" />
        </button>
      )}
      {line && line.tone !== 'sending' && (
        <button type="button" aria-label={w.hide} onClick={leave(() => acts.say(null))}>
          <span aria-hidden="true">×</span>
        </button>
      )}
    </div>
  )
}
