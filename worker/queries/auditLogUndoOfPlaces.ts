import type { Act } from '../access/permissions.ts'
import type { EntryUndo, SiteDifference } from '../contract/auditLog.ts'
import type { EventRow } from '../store/auditLog.ts'

/** How an act can be undone: what that takes, and how it stands. */
export interface Way extends EntryUndo {
  act: Act
}

type ThreadRequest = ['POST' | 'DELETE' | 'PUT' | 'PATCH', noun: string, body?: unknown]

/** An act on a thread, which stands or does not by now, and the request that takes it back. */
export function threadWay(row: EventRow, stands: boolean, [method, noun, body]: ThreadRequest): Way {
  return {
    act: 'threads.change',
    state: row.threadId === null ? 'gone' : stands ? 'open' : 'changed',
    request: {
      method,
      path: `/v1/threads/${row.threadId}${noun && `/${noun}`}`,
      ...(body !== undefined && { body }),
    },
  }
}

/** What was set of a thread is set back as one, where nobody set any of it since. */
export function settingBack(row: EventRow, changes: SiteDifference[]): Way {
  const now: Record<string, unknown> = { slowSeconds: row.slowSeconds, closeAfterDays: row.closeAfterDays }
  const stands = changes.every(({ field, after }) => now[field] === after)
  const body = Object.fromEntries(changes.map(({ field, before }) => [field, before]))
  return threadWay(row, stands, ['PATCH', '', body])
}

/** A thread that moved is moved back, as long as nothing came after that. */
export function movingBack({ moveState, moveStands }: EventRow, { moveId }: Record<string, unknown>): Way {
  const isBack = moveState === 'undoing' || moveState === 'undone'
  return {
    act: 'threads.change',
    state: moveState === null ? 'gone' : isBack ? 'undone' : moveStands === 1 ? 'open' : 'changed',
    request: { method: 'DELETE', path: `/v1/thread-moves/${moveId}` },
  }
}

/** A site that was archived is brought back, and one that was brought back archived again. */
export function archiving(
  { siteId, siteNow }: EventRow,
  [method, archived]: ['POST' | 'DELETE', boolean],
): Way {
  const stands = siteNow !== null && (JSON.parse(siteNow).archived === 1) === archived
  return {
    act: 'sites.change',
    state: siteNow === null ? 'gone' : stands ? 'open' : 'undone',
    request: { method, path: `/v1/sites/${siteId}/archive` },
  }
}
