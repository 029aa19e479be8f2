import { useEffect, useMemo } from 'preact/hooks'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { History } from '../core/history.ts'
import { words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { TextChanges } from '../ui/TextChanges.tsx'

/** What an edit that waits would change of what readers see. */
export function WaitingChange({ item }: { item: QueueItem }) {
  const { connection, acts } = useDesk()
  const history = useMemo(() => new History({ connection, acts }, item.id), [item.id, item.revision])
  useEffect(() => {
    history.load()
  }, [history])
  const revisions = history.found.value?.revisions
  const [latest, shown] = [revisions?.[0], revisions?.find((revision) => revision.shown)]
  if (!latest || !shown || latest === shown) return null
  return (
    <section class="waiting-change">
      <h2>{words('comment').change}</h2>
      <TextChanges before={shown} after={latest} />
    </section>
  )
}
