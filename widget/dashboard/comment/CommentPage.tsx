import { useEffect, useMemo } from 'preact/hooks'
import { readableKey } from '../../../worker/contract/readableKey.ts'
import { History } from '../core/history.ts'
import { alone, pageOfAuthor, pageOfThread } from '../core/location.ts'
import { muting } from '../core/muting.ts'
import { isPinnable } from '../core/pinning.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { Notes } from '../ui/Notes.tsx'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { Time } from '../ui/Time.tsx'
import { Visible } from '../ui/Visible.tsx'
import { Complaints } from './Complaints.tsx'
import { ImportedFrom } from './ImportedFrom.tsx'
import { KeptUntil } from './KeptUntil.tsx'
import { PastDecisions } from './PastDecisions.tsx'
import { StaffEditForm } from './StaffEditForm.tsx'
import { Versions } from './Versions.tsx'

/** All there is about one comment: its texts, what was decided and why, complaints, and notes. */
export function CommentPage() {
  const { connection, acts, place } = useDesk()
  const id = place.here.value.ids
  const history = useMemo(() => new History({ connection, acts }, id), [connection, acts, id])
  const mute = useMemo(() => muting({ connection, acts, changed: history.load }), [connection, acts, history])
  useEffect(() => {
    history.load()
  }, [history])
  const w = words('comment')
  const found = history.found.value
  const error = history.error.value
  if (error && !found)
    return (
      <section class="page">
        <h1>{w.title}</h1>
        <div class="state" role="alert">
          <p>
            {error.code === 'not_found'
              ? w.none
              : formatMessage(words().loadFailed, { error: errorWords(error) })}
          </p>
          {error.code !== 'not_found' && (
            <button type="button" onClick={() => history.load()}>
              {words().tryAgain}
            </button>
          )}
        </div>
      </section>
    )
  if (!found)
    return (
      <p class="late quiet state" role="status">
        {words().loading}
      </p>
    )
  const { comment } = found
  const isGone = found.revisions.length === 0
  return (
    <section class="page history">
      <h1>
        <bdi>
          {isGone ? w.title : <Visible text={formatMessage(words().from, { name: comment.author.name })} />}
        </bdi>
      </h1>
      <p class="quiet">
        <span class={`status ${comment.status}`}>{words().status[comment.status]}</span> · {words().on}{' '}
        <bdi>
          <PlaceLink to={pageOfThread(comment.thread.id)}>
            <Visible text={comment.thread.title || readableKey(comment.thread.key)} />
          </PlaceLink>
        </bdi>{' '}
        · <bdi>{comment.site.name}</bdi> · <Time at={comment.createdAt} />
      </p>
      <ImportedFrom item={comment} />
      <p>
        <PlaceLink to={alone(comment.id)}>{w.decide}</PlaceLink> ·{' '}
        <PlaceLink to={pageOfAuthor(comment.author.id)}>{w.aboutAuthor}</PlaceLink>
        {isPinnable(comment) && (
          <>
            {' · '}
            <button type="button" class="plain" onClick={() => history.pin(!comment.pinned)}>
              {comment.pinned ? words('context').unpin : words('context').pin}
            </button>
          </>
        )}
      </p>
      <KeptUntil found={found} />
      {isGone ? <p class="quiet">{w.gone}</p> : <Versions found={found} />}
      {!isGone && <StaffEditForm key={comment.revision} history={history} found={found} />}
      <Complaints found={found} mute={mute} />
      <PastDecisions decisions={found.decisions} siteId={comment.site.id} />
      {!isGone && (
        <>
          <Notes
            about={`comments/${comment.id}`}
            siteId={comment.site.id}
            title={w.notes.comment}
            level={2}
          />
          <Notes
            about={`authors/${comment.author.id}`}
            siteId={comment.site.id}
            title={w.notes.author}
            level={2}
          />
        </>
      )}
    </section>
  )
}
