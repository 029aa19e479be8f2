import { createModel, signal } from '@preact/signals'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { Action, DecisionView, Present } from '../../../worker/contract/decisions.ts'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { Connection } from '../core/connection.ts'

/** What a row has to tell beside its comment. */
export type Note =
  /** Somebody else decided it: it is on its way out of the list. */
  | { kind: 'departed'; decision: Pick<DecisionView, 'action' | 'by' | 'byKind' | 'at'> | null }
  /** Our decision came too late. */
  | { kind: 'lost'; present: Present; action: Action; reason: string | undefined }
  /** Our decision was not taken. */
  | { kind: 'failed'; error: ErrorDetail; action: Action; reason: string | undefined }
  /** The author made another revision while the comment was on screen. */
  | { kind: 'edited' }

export const Notes = createModel((connection: Connection) => {
  const all = signal<ReadonlyMap<string, Note>>(new Map())

  function set(id: string, note: Note | null) {
    const next = new Map(all.peek())
    if (note) next.set(id, note)
    else next.delete(id)
    all.value = next
  }

  return {
    all,
    set,
    clear() {
      all.value = new Map()
    },
    /** Marks comments as gone from the list, then asks the audit log who took them. */
    async depart(ids: string[]) {
      for (const id of ids) set(id, { kind: 'departed', decision: null })
      const log = await connection.ask<Page<AuditEntry>>('GET', '/v1/audit-log').catch(() => null)
      for (const id of ids) {
        const entry = log?.data.items.find(
          ({ act, commentId }) => commentId === id && act.startsWith('comment.'),
        )
        const action = entry?.act.replace('comment.', '') as DecisionView['action']
        if (entry && all.peek().get(id)?.kind === 'departed')
          set(id, {
            kind: 'departed',
            decision: { action, by: entry.actor.name, byKind: entry.actor.kind, at: entry.at },
          })
      }
    },
  }
})
export type Notes = InstanceType<typeof Notes>
