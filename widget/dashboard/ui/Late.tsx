import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Section } from '../core/wordFiles.ts'
import { loadWords, words } from '../core/words.ts'

/** A part of the dashboard that is loaded when it is first opened. */
export interface Loadable<Props = object> {
  /** The sections of words that it says, besides the desk's; they come beside its code. */
  words: Section[]
  load: () => Promise<ComponentType<Props>>
}

/** Such a part, by the sections of words that it says and what loads its component. */
export const part = <Props,>(
  words: Section[],
  load: () => Promise<ComponentType<Props>>,
): Loadable<Props> => ({ words, load })

const loaded = new Map<unknown, unknown>()

/** Loads a part and its words, if they are not here. */
export async function loadPart<Props>(part: Loadable<Props>): Promise<void> {
  const [component] = await Promise.all([part.load(), loadWords(part.words)])
  loaded.set(part, component)
}

/** Such a part with what it is given, and what there is to say until it is here. */
export function Late<Props extends object>({ part, given }: { part: Loadable<Props>; given: Props }) {
  const state = useSignal<'loading' | 'ready' | 'failed'>('loading')
  useEffect(() => {
    if (loaded.has(part)) return
    loadPart(part).then(
      () => {
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
