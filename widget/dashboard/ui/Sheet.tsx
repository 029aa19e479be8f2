import type { Signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useCallback, useEffect, useRef } from 'preact/hooks'
import { words } from '../core/words.ts'

interface Props {
  open: Signal<boolean>
  class: string
  label: string
  children: ComponentChildren
}

/** Something laid over the desk. Escape, its button and a click beside it put it away again. */
export function Sheet({ open, class: name, label, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const shown = open.value
  const close = useCallback(() => {
    open.value = false
  }, [open])
  useEffect(() => close, [close])
  useEffect(() => {
    if (shown && !dialog.current?.open) dialog.current?.showModal()
    if (!shown && dialog.current?.open) dialog.current.close()
  }, [shown])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a modal dialog by itself
    <dialog
      ref={dialog}
      class={`sheet ${name}`}
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
        </div>
      )}
    </dialog>
  )
}
