import { words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { Late, part } from '../ui/Late.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { wide } from '../ui/wide.ts'

/** What goes into the column. It is loaded while the queue is on its way. */
export const context = part(['context'], async () => (await import('./Context.tsx')).Context)

/** The context of the comment in hand: a column where there is room, else a sheet. */
export function ContextColumn() {
  const desk = useDesk()
  const { item: inHand, detailed } = desk.queue.list.cursor
  const item = inHand.value
  const w = words()
  const content = item ? (
    <Late key={item.id} part={context} given={{ item }} />
  ) : (
    <p class="quiet">{w.noComment}</p>
  )
  if (wide.value)
    return (
      <aside class="context" tabIndex={-1} aria-label={w.aboutComment}>
        {content}
      </aside>
    )
  return (
    <Sheet open={detailed} class="context" label={w.aboutComment}>
      {content}
    </Sheet>
  )
}
