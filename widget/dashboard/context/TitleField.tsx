import { limits } from '../../../worker/contract/limits.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { words } from '../core/words.ts'
import { use } from '../desk.ts'
import { ShortForm } from '../ui/ShortForm.tsx'
import { pageTitlesOf } from './pageTitles.ts'

/** What staff calls the page of a thread, to be changed. */
export function TitleField({ thread }: { thread: QueueItem['thread'] }) {
  const titles = use(pageTitlesOf)
  const w = words('context').naming
  return (
    <ShortForm
      words={w}
      value={thread.givenTitle}
      most={limits.title}
      give={(typed) => titles.give(thread, typed)}
      placeholder={thread.title}
      title={w.hint}
    />
  )
}
