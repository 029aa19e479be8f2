import { useRef } from 'preact/hooks'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import { pageOfThread } from '../core/location.ts'
import { formatMessage, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { useLostFocus } from '../ui/lostFocus.ts'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { ReasonText } from '../ui/ReasonText.tsx'
import { Time } from '../ui/Time.tsx'
import { Visible } from '../ui/Visible.tsx'
import { Changes } from './Changes.tsx'
import { subjectPlace } from './links.ts'
import { logOf } from './log.ts'
import { sentence } from './sentence.ts'
import { UndoButton } from './UndoButton.tsx'

/** A line of the log: what was done, to what, and what undoes it. One that stands for several opens. */
export function LogLine({ entry }: { entry: AuditEntry }) {
  const { inside, toggle } = use(logOf)
  const { session } = useDesk()
  const row = useRef<HTMLLIElement>(null)
  useLostFocus(() => row.current, entry.undo?.state)
  const { bulk, changes, siteId } = entry
  const sites = session.session.value?.sites ?? []
  const site = sites.find(({ id }) => id === siteId)
  // A name that would stand on every line says nothing.
  const isSiteTold = siteId !== null && (!site || sites.length > 1)
  const lines = bulk ? inside.value.get(bulk.id) : undefined
  const w = words('auditLog')
  return (
    <li ref={row} tabIndex={-1} class="log-line">
      <div>
        <p>
          <Sentence entry={entry} />
          <Reason entry={entry} />
        </p>
        <Subject entry={entry} />
        {changes && changes.length > 0 && <Changes changes={changes} />}
        {bulk && bulk.count > 0 && (
          <button
            type="button"
            class="plain"
            aria-expanded={lines !== undefined}
            onClick={() => toggle(bulk.id)}
          >
            {lines === undefined ? formatMessage(w.open, { count: bulk.count }) : w.fold}
          </button>
        )}
        {lines === null && (
          <p class="late quiet" role="status">
            {words().loading}
          </p>
        )}
      </div>
      <div class="aside">
        <p class="quiet">
          {isSiteTold && (
            <>
              <bdi>{site?.name ?? siteId}</bdi> ·{' '}
            </>
          )}
          <Time at={entry.at} />
        </p>
        <UndoButton entry={entry} />
      </div>
      {lines && (
        <ul class="records inside">
          {lines.map((line) => (
            <LogLine key={line.id} entry={line} />
          ))}
        </ul>
      )}
    </li>
  )
}

function Sentence({ entry }: { entry: AuditEntry }) {
  const text = <Visible text={sentence(entry)} />
  const place = subjectPlace(entry)
  return <bdi>{place ? <PlaceLink to={place}>{text}</PlaceLink> : text}</bdi>
}

function Reason({ entry: { details, siteId } }: { entry: AuditEntry }) {
  if (typeof details.reason !== 'string') return null
  return (
    <span class="quiet">
      {' '}
      <bdi>
        <ReasonText reason={details.reason} siteId={siteId} message={words('auditLog').reason} />
      </bdi>
    </span>
  )
}

/** The comment as it begins, whose it is, and the page it stands on. */
function Subject({ entry: { comment, author, thread } }: { entry: AuditEntry }) {
  const name = comment?.author ?? author?.name
  if (!comment && !thread) return null
  return (
    <p class="quiet">
      {name && (
        <bdi>
          {author ? (
            <PlaceLink to={{ page: 'audit-log', site: '', author: author.id }}>
              <Visible text={name} />
            </PlaceLink>
          ) : (
            <Visible text={name} />
          )}
        </bdi>
      )}
      {comment && (
        <>
          {': '}
          <bdi>
            <Visible text={comment.excerpt} />
          </bdi>
        </>
      )}
      {thread && (
        <>
          {name && ' · '}
          <bdi>
            <PlaceLink to={pageOfThread(thread.id)}>
              <Visible text={thread.title || thread.key} />
            </PlaceLink>
          </bdi>
        </>
      )}
    </p>
  )
}
