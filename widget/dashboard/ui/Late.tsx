import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { words } from '../core/words.ts'

/** A part of the dashboard that is loaded when it is first opened. */
export interface Loadable<Props = object> {
  load: () => Promise<ComponentType<Props>>
}

const loaded = new Map<unknown, unknown>()

/** Such a part with what it is given, and what there is to say until it is here. */
export function Late<Props extends object>({ part, given }: { part: Loadable<Props>; given: Props }) {
  const state = useSignal<'loading' | 'ready' | 'failed'>('loading')
  useEffect(() => {
    if (loaded.has(part)) return
    part.load().then(
      (component) => {
        loaded.set(part, component)
        state.value = 'ready'
      },
      () => {
        state.value = 'failed'
      },
    )
  }, [part, state])
  const w = words()
  const Loaded = loaded.get(part) as ComponentType<Props> | undefined
  if (Loaded) return <Loaded {...given} />
  if (state.value === 'failed')
    return (
      <div class="state" role="alert">
        <p>{w.pageFailed}</p>
        <button type="button" onClick={() => location.reload()}>
          {w.reload}
        </button>
      </div>
    )
  return (
    <p class="late quiet state" role="status">
      {w.loading}
    </p>
  )
}
