import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import { words } from '../core/words.ts'
import { type Desk, use } from '../desk.ts'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { ReasonText } from '../ui/ReasonText.tsx'
import { RecordList } from '../ui/RecordList.tsx'
import { records } from '../ui/records.ts'
import { Time } from '../ui/Time.tsx'
import { Visible } from '../ui/Visible.tsx'
import { sentence } from './sentence.ts'

/** What was done, one sentence each. */
export function AuditLog() {
  const auditLog = use(entriesOf)
  const w = words()
  return (
    <RecordList
      title={w.places['audit-log']}
      note={words('auditLog').note}
      none={words('auditLog').none}
      list={auditLog}
      row={(entry) => (
        <li key={entry.id}>
          <div>
            <p>
              <bdi>
                {entry.commentId === null ? (
                  <Visible text={sentence(entry)} />
                ) : (
                  <PlaceLink to={{ page: 'queue', tab: 'all', ids: entry.commentId }}>
                    <Visible text={sentence(entry)} />
                  </PlaceLink>
                )}
              </bdi>
              {typeof entry.details.reason === 'string' && (
                <span class="quiet">
                  {' '}
                  <bdi>
                    <ReasonText
                      reason={entry.details.reason}
                      siteId={entry.siteId}
                      message={words('auditLog').reason}
                    />
                  </bdi>
                </span>
              )}
            </p>
            {entry.comment && (
              <p class="quiet">
                <bdi>
                  <Visible text={entry.comment.author} />
                </bdi>
                {': '}
                <bdi>
                  <Visible text={entry.comment.excerpt} />
                </bdi>
              </p>
            )}
          </div>
          <p class="quiet">
            {entry.siteId && <bdi>{entry.siteId} · </bdi>}
            <Time at={entry.at} />
          </p>
        </li>
      )}
    />
  )
}

const entriesOf = ({ connection }: Desk) => records<AuditEntry>(connection, '/v1/audit-log')
