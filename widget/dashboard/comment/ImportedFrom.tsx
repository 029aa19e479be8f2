import type { QueueItem } from '../../../worker/contract/queue.ts'
import { formatMessage, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { PlaceLink } from '../ui/PlaceLink.tsx'

/** Which system a comment was brought from; owners have the way to its import. */
export function ImportedFrom({ item: { imported, site } }: { item: QueueItem }) {
  const { session } = useDesk()
  if (!imported) return null
  const told = formatMessage(words('context').imported, { system: imported.system })
  const isOwner = session.session.value?.moderator.role === 'owner'
  return (
    <p class="quiet">
      {isOwner ? <PlaceLink to={{ page: 'imports', site: site.id }}>{told}</PlaceLink> : told}
    </p>
  )
}
