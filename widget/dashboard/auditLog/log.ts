import { batch, createModel, signal } from '@preact/signals'
import type { AuditEntry, AuditLogPage, EntryUndo } from '../../../worker/contract/auditLog.ts'
import type { BulkAct } from '../../../worker/contract/bulkActs.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import { followAct } from '../core/followAct.ts'
import type { Place } from '../core/location.ts'
import { doneNotice, failedNotice, undoingNotice } from '../core/notices.ts'
import type { UndoStack } from '../core/undoStack.ts'
import { formatMessage, words } from '../core/words.ts'
import type { Desk } from '../desk.ts'
import { records } from '../ui/records.ts'
import { queryOf } from './logQuery.ts'

/** Acts undone at a time, of those that one line stands for. */
const atOnce = 5

/** The log: its lines, those that stand for others, and what undoes them. */
const LogModel = createModel((connection: Connection, acts: UndoStack, place: Place) => {
  const list = records<AuditEntry, AuditLogPage>(connection, '/v1/audit-log')
  /** The lines inside of those that are open, by their bulk's id; null while they are read. */
  const inside = signal<ReadonlyMap<string, AuditEntry[] | null>>(new Map())
  /** The lines that are being undone. */
  const busy = signal<ReadonlySet<number>>(new Set())

  async function linesOf(bulk: string): Promise<AuditEntry[]> {
    const lines: AuditEntry[] = []
    let cursor = ''
    do {
      const path = `/v1/audit-log?bulk=${bulk}${cursor && `&cursor=${cursor}`}`
      const { data } = await connection.ask<AuditLogPage>('GET', path)
      lines.push(...data.items)
      cursor = data.next ?? ''
    } while (cursor)
    return lines
  }

  const keep = (bulk: string, lines: AuditEntry[] | null | undefined) => {
    const next = new Map(inside.peek())
    if (lines === undefined) next.delete(bulk)
    else next.set(bulk, lines)
    inside.value = next
  }

  async function open(bulk: string) {
    keep(bulk, null)
    try {
      keep(bulk, await linesOf(bulk))
    } catch (error) {
      keep(bulk, undefined)
      acts.say(failedNotice((told) => formatMessage(words().loadFailed, { error: told }), detailOf(error)))
    }
  }

  const request = ({ method, path, body }: NonNullable<EntryUndo['request']>) =>
    connection.ask(method, path, body === undefined ? {} : { body })

  const setBusy = (id: number, is: boolean) => {
    const next = new Set(busy.peek())
    if (is) next.add(id)
    else next.delete(id)
    busy.value = next
  }

  /** Reads again what is shown: a line that was undone says so, and the undo has a line of its own. */
  async function refresh() {
    await Promise.all([
      list.load(queryOf(place.here.peek())),
      ...[...inside.peek().keys()].map(async (id) => keep(id, await linesOf(id))),
    ])
  }

  /** Undoes what still stands of what was decided together. What was taken back is no decision, and stays. */
  async function undoAll(bulk: string): Promise<{ done: number; failed: number }> {
    const lines = (await linesOf(bulk)).filter(({ act }) => act !== 'comment.undo')
    const left = lines.flatMap(({ undo }) => (undo?.request ? [undo.request] : []))
    let done = 0
    for (let at = 0; at < left.length; at += atOnce) {
      const results = await Promise.allSettled(left.slice(at, at + atOnce).map(request))
      done += results.filter(({ status }) => status === 'fulfilled').length
      acts.say(progressNotice(Math.min(at + atOnce, left.length), left.length))
    }
    return { done, failed: lines.length - done }
  }

  return {
    list,
    /** Names of those whose acts were read so far, by their ids. */
    people: signal(new Map<string, string>()),
    inside,
    busy,
    toggle: (bulk: string) => (inside.peek().has(bulk) ? keep(bulk, undefined) : open(bulk)),
    /** Undoes what a line tells of: all of it, where it stands for several. */
    async undo({ id, bulk, undo }: AuditEntry) {
      if (busy.peek().has(id)) return
      setBusy(id, true)
      acts.say(undoingNotice())
      try {
        if (undo?.request?.path.startsWith('/v1/bulk-acts/')) {
          // It goes on by itself, also where nobody looks.
          const { data } = await connection.ask<BulkAct>('DELETE', undo.request.path)
          const ended = await followAct(connection, data, ({ restored, decided }) =>
            acts.say(progressNotice(restored, decided)),
          )
          acts.say(undoneAllNotice(ended.restored, 0))
        } else if (undo?.request) {
          await request(undo.request)
          acts.say(doneNotice(() => words('auditLog').undone))
        } else if (bulk) {
          const { done, failed } = await undoAll(bulk.id)
          acts.say(undoneAllNotice(done, failed))
        }
        await refresh()
      } catch (error) {
        acts.say(failedNotice((told) => formatMessage(words().notUndone, { error: told }), detailOf(error)))
        await refresh().catch(() => undefined)
      } finally {
        batch(() => setBusy(id, false))
      }
    },
  }
})

/** The desk's model of the log. */
export const logOf = ({ connection, acts, place }: Desk) => new LogModel(connection, acts, place)

const progressNotice = (count: number, all: number) =>
  ({
    tone: 'sending',
    undoable: false,
    say: () => formatMessage(words('auditLog').undoingAll, { count, all }),
  }) as const

function undoneAllNotice(done: number, failed: number) {
  return doneNotice(() => {
    const said = formatMessage(words('auditLog').undoneAll, { count: done })
    return failed === 0 ? said : formatMessage(words('auditLog').undoneSome, { done: said, count: failed })
  })
}
