import type { QueueItem } from '../../../worker/contract/queue.ts'
import { words } from '../core/words.ts'
import { Notes } from '../ui/Notes.tsx'

/** What staff noted about a comment, and about who wrote it. */
export function NotesOf({ item }: { item: QueueItem }) {
  const w = words('comment').notes
  return (
    <>
      <Notes key={`c${item.id}`} about={`comments/${item.id}`} siteId={item.site.id} title={w.comment} />
      <Notes
        key={`a${item.author.id}`}
        about={`authors/${item.author.id}`}
        siteId={item.site.id}
        title={w.author}
      />
    </>
  )
}
