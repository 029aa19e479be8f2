import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { words } from './core/words.ts'
import type { Page } from './pages.ts'

const loaded = new Map<Page, ComponentType>()

/** A page that is loaded when it is first opened, and what there is to say until then. */
export function LatePage({ page }: { page: Page }) {
  const state = useSignal<'loading' | 'ready' | 'failed'>('loading')
  useEffect(() => {
    if (loaded.has(page)) return
    page.load().then(
      (component) => {
        loaded.set(page, component)
        state.value = 'ready'
      },
      () => {
        state.value = 'failed'
      },
    )
  }, [page, state])
  const w = words()
  const Loaded = loaded.get(page)
  if (Loaded) return <Loaded />
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
