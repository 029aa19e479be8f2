import { useEffect, useMemo, useRef } from 'preact/hooks'
import { limits } from '../../../worker/contract/limits.ts'
import { readableKey } from '../../../worker/contract/readableKey.ts'
import type { StaffThread } from '../../../worker/contract/staffThread.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { useLostFocus } from '../ui/lostFocus.ts'
import { ShortForm } from '../ui/ShortForm.tsx'
import { Visible } from '../ui/Visible.tsx'
import { PinnedComments } from './PinnedComments.tsx'
import { TakingForm } from './TakingForm.tsx'
import { ThreadActs } from './ThreadActs.tsx'
import { ThreadState } from './ThreadState.tsx'
import { Thread } from './thread.ts'

/** All there is of one thread: its page, its comments by state, and what it takes. */
export function ThreadPage() {
  const { connection, acts, place } = useDesk()
  const id = place.here.value.thread
  const thread = useMemo(() => new Thread({ connection, acts }, id), [connection, acts, id])
  useEffect(() => {
    thread.load()
  }, [thread])
  const w = words('thread')
  const found = thread.found.value
  const error = thread.error.value
  if (found) return <Known thread={thread} found={found} />
  if (!error)
    return (
      <p class="late quiet state" role="status">
        {words().loading}
      </p>
    )
  const isGone = error.code === 'not_found'
  return (
    <section class="page">
      <h1>{w.title}</h1>
      <div class="state" role="alert">
        <p>{isGone ? w.none : formatMessage(words().loadFailed, { error: errorWords(error) })}</p>
        {!isGone && (
          <button type="button" onClick={thread.load}>
            {words().tryAgain}
          </button>
        )}
      </div>
    </section>
  )
}

function Known({ thread, found }: { thread: Thread; found: StaffThread }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLostFocus(() => heading.current, found)
  const w = words('thread')
  return (
    <section class="page thread-page">
      <h1 ref={heading} tabIndex={-1}>
        <bdi>
          <Visible text={found.title || readableKey(found.key)} />
        </bdi>
      </h1>
      <p class="quiet">
        <bdi>{found.site.name}</bdi> · <bdi>{readableKey(found.key)}</bdi>
      </p>
      <ThreadState found={found} />
      <ThreadActs thread={thread} found={found} />
      <h2>{w.taking}</h2>
      <TakingForm key={`${found.slowSeconds} ${found.closeAfterDays}`} thread={thread} found={found} />
      <h2>{w.pinned}</h2>
      <PinnedComments thread={thread} found={found} />
      <ShortForm
        key={found.givenTitle}
        words={words('context').naming}
        value={found.givenTitle}
        most={limits.title}
        give={thread.rename}
        placeholder={found.title}
        title={words('context').naming.hint}
      />
      <p class="quiet">{words('context').naming.hint}</p>
    </section>
  )
}
