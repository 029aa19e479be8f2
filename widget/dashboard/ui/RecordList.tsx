import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { held } from '../core/held.ts'
import { words } from '../core/words.ts'
import { isRefused, ListState } from './ListState.tsx'
import { useLostFocus } from './lostFocus.ts'
import type { records } from './records.ts'

interface Props<Item> {
  title: string
  note: string
  none: string
  list: Pick<ReturnType<typeof records<Item>>, 'items' | 'next' | 'phase' | 'error' | 'load' | 'more'>
  /** What is asked for of the list, as the end of its address. */
  query?: string
  /** What the button for more says, where there is more to say. */
  moreLabel?: string | undefined
  /** What to say where only owners may read it. */
  ownersOnly?: string
  /** Something above the list, such as a form. */
  children?: ComponentChildren
  row: (item: Item) => ComponentChildren
}

/** A page that is a list: its title, what it is, its rows, and all that can be said instead of rows. */
export function RecordList<Item>(props: Props<Item>) {
  const { title, note, none, list, query, moreLabel, ownersOnly, children, row } = props
  const w = words()
  useEffect(() => {
    list.load(query)
  }, [list, query])
  const heading = useRef<HTMLHeadingElement>(null)
  const count = list.items.value.length
  const rows = useRef({ count, losses: 0 }).current
  if (count < rows.count) rows.losses++
  rows.count = count
  useLostFocus(() => heading.current, rows.losses)
  const phase = list.phase.value
  return (
    <section class="page">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p class="quiet">{note}</p>
      {!isRefused(list) && children}
      <ListState list={list} query={query} ownersOnly={ownersOnly} />
      {phase === 'ready' && count === 0 && !list.next.value && <p class="state calm">{none}</p>}
      <ul class="records">{list.items.value.map(row)}</ul>
      {list.next.value && (
        <button type="button" class="more" onClick={() => list.more()} {...held(phase === 'loading')}>
          {moreLabel ?? w.more}
        </button>
      )}
    </section>
  )
}
