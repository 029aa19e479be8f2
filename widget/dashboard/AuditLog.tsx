import type { AuditEntry } from '../../worker/contract.ts'
import { useDesk } from './desk.ts'
import { actorWords } from './lines.ts'
import { RecordList } from './RecordList.tsx'
import { Time } from './Time.tsx'
import { Visible } from './Visible.tsx'
import { own, reasonWords, tell, words } from './words.ts'

/** What was done, one sentence each. */
export function AuditLog() {
  const { auditLog } = useDesk()
  const w = words()
  return (
    <RecordList
      title={w.places['audit-log']}
      note={w.audit.note}
      none={w.audit.none}
      list={auditLog}
      row={(entry) => (
        <li key={entry.id}>
          <p>
            <bdi>
              <Visible text={sentence(entry)} />
            </bdi>
            {typeof entry.details.reason === 'string' && (
              <span class="quiet">
                {' '}
                <bdi>
                  <Visible text={tell(w.audit.reason, { reason: reasonWords(entry.details.reason) })} />
                </bdi>
              </span>
            )}
          </p>
          <p class="quiet">
            {entry.siteId && <bdi>{entry.siteId} · </bdi>}
            <Time at={entry.at} />
          </p>
        </li>
      )}
    />
  )
}

/** An entry as a sentence; an act we have no words for is named as the worker names it. */
export function sentence(entry: AuditEntry): string {
  const w = words()
  const { kind, name } = entry.actor
  const actor =
    name && name !== 'screening'
      ? name
      : { moderator: w.name, screening: w.screening, author: w.author, operator: w.operator }[kind]
  const { value, name: named } = entry.details
  return tell(own<string>(w.audit.acts, entry.act) ?? w.audit.other, {
    actor: actorWords(actor),
    act: entry.act,
    value: String(value ?? named ?? ''),
  })
}
