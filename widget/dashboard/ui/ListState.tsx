import { errorWords, formatMessage, words } from '../core/words.ts'
import { EverySite } from './EverySite.tsx'
import type { records } from './records.ts'

interface Props<Item> {
  list: Pick<ReturnType<typeof records<Item>>, 'items' | 'phase' | 'error' | 'load'>
  /** What is asked for of the list, as the end of its address. */
  query?: string | undefined
  /** What to say where only owners may read it. */
  ownersOnly?: string | undefined
}

/** Whether whoever asked may not read a list. */
export const isRefused = ({ phase, error }: Pick<Props<unknown>['list'], 'phase' | 'error'>): boolean =>
  phase.value === 'failed' && error.value?.code === 'forbidden'

/** What there is to say of a list instead of its rows: that it is loading, or why it could not be loaded. */
export function ListState<Item>({ list, query, ownersOnly }: Props<Item>) {
  const w = words()
  const phase = list.phase.value
  const error = list.error.value
  if (isRefused(list) && ownersOnly) return <p class="state calm">{ownersOnly}</p>
  if (phase === 'failed')
    return (
      <div class="state" role="alert">
        <p>{error && formatMessage(w.loadFailed, { error: errorWords(error) })}</p>
        <button type="button" onClick={() => list.load(query)}>
          {w.tryAgain}
        </button>
        <EverySite />
      </div>
    )
  if (phase === 'ready' || list.items.value.length > 0) return null
  return (
    <p class="late quiet state" role="status">
      {w.loading}
    </p>
  )
}
