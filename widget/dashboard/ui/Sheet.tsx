import type { Signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useCallback, useEffect, useRef } from 'preact/hooks'
import { StatusLine } from '../core/StatusLine.tsx'
import { words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { focusWork } from './focusWork.ts'

interface Props {
  open: Signal<boolean>
  class: string
  label: string
  children: ComponentChildren
}

/**
 * Something laid over the desk. Escape, its button and a click beside it put it away again. The focus begins at the whole
 * of it: whoever types at once presses none of its buttons.
 */
export function Sheet({ open, class: name, label, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const shown = open.value
  const { covered } = useDesk()
  const close = useCallback(() => {
    open.value = false
  }, [open])
  useEffect(() => close, [close])
  useEffect(() => {
    const sheet = dialog.current
    if (!shown || !sheet) return
    sheet.showModal()
    sheet.focus()
    covered.value = true
    return () => {
      sheet.close()
      covered.value = false
      // What had the focus before may be gone with the comment it was about.
      if (document.activeElement === document.body) focusWork()
    }
  }, [shown, covered])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a modal dialog by itself
    <dialog
      ref={dialog}
      class={`sheet ${name}`}
      tabIndex={-1}
      aria-label={label}
      onClose={close}
      onClick={(event) => event.target === dialog.current && close()}
    >
      {shown && (
        <div class="inside">
          <button type="button" class="plain close" onClick={close}>
            {words().close}
          </button>
          {children}
          <StatusLine over />
        </div>
      )}
    </dialog>
  )
}
