import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { AuthorPage as Found } from '../../../worker/contract/authors.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { badgesOf } from '../core/badges.ts'
import { bansOf } from '../core/bans.ts'
import { bulkActsOf } from '../core/bulkActs.ts'
import { formatMessage, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { Notes } from '../ui/Notes.tsx'
import { RecordList } from '../ui/RecordList.tsx'
import { records } from '../ui/records.ts'
import { AuthorComment } from './AuthorComment.tsx'
import { AuthorFacts } from './AuthorFacts.tsx'
import { EraseAuthor } from './EraseAuthor.tsx'

/** All there is of one author on a site: trust and why, a ban, notes, and every comment. */
export function AuthorPage() {
  const { connection, place, session } = useDesk()
  const id = place.here.value.author
  const list = useMemo(
    () => records<QueueItem, Found>(connection, `/v1/authors/${encodeURIComponent(id)}`),
    [connection, id],
  )
  useChanges(list.load)
  const w = words('author')
  const author = list.last.value?.author
  const isOwner = session.session.value?.moderator.role === 'owner'
  return (
    <RecordList
      key={id}
      title={author?.name ?? w.title}
      note={author ? formatMessage(w.of, { site: author.site.name }) : ''}
      none={w.none}
      list={list}
      row={(item) => <AuthorComment key={item.id} item={item} />}
    >
      {author && (
        <>
          <AuthorFacts author={author} reload={list.load} />
          {author.erasure === null && (
            <Notes about={`authors/${author.id}`} siteId={author.site.id} title={w.notes} level={2} />
          )}
          {isOwner && author.erasure?.state !== 'done' && <EraseAuthor author={author} reload={list.load} />}
          <h2>{w.comments}</h2>
        </>
      )}
    </RecordList>
  )
}

/** Reads again what a ban, an act on all comments, a badge, or an undo of these has changed. */
function useChanges(load: () => void) {
  const bans = use(bansOf).list.items.value
  const badges = use(badgesOf).changes.value
  const act = use(bulkActsOf).running.value?.state
  const isFirst = useRef(true)
  useEffect(() => {
    if (!isFirst.current) load()
    isFirst.current = false
  }, [bans, badges, act, load])
}
