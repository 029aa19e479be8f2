import type { Powers } from '../access/permissions.ts'
import type { World } from '../commands/world.ts'
import { type AuditEntry, type AuditLogFilter, placeOf } from '../contract/auditLog.ts'
import type { Place } from '../store/auditLogLists.ts'
import { auditLogPage } from './auditLogPage.ts'
import { record } from './csv.ts'

/** Lines of a file: so many take a few hundred queries. */
const mostLines = 20_000

/** Names of the columns. */
const header = [
  'time',
  'actor',
  'kind',
  'act',
  'site',
  'page',
  'comment',
  'author',
  'text',
  'reason',
  'details',
]

/** Lines of the log as a CSV file, as far as somebody may know of them. What was done together is told one by one. */
export function auditLogCsv(world: World, by: Powers, filter: AuditLogFilter): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const lines = linesOf(world, by, filter)
  return new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(record(header))),
    async pull(controller) {
      const { value, done } = await lines.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
  })
}

/** The lines of the file, a page at a time. */
async function* linesOf(world: World, by: Powers, filter: AuditLogFilter): AsyncGenerator<string, void> {
  let count = 0
  for await (const entries of pages(world, by, filter)) {
    const told: AuditEntry[] = []
    for (const entry of entries) {
      told.push(entry)
      if (entry.bulk)
        for await (const inside of pages(world, by, { bulk: entry.bulk.id })) told.push(...inside)
    }
    count += told.length
    yield told.map(line).join('')
    const last = told.at(-1)
    if (count >= mostLines && last)
      return yield record([last.at, '', '', 'more', ...header.slice(4).map(() => '')])
  }
}

async function* pages(world: World, by: Powers, filter: AuditLogFilter): AsyncGenerator<AuditEntry[], void> {
  let place: Place | null = null
  do {
    const { items, next }: { items: AuditEntry[]; next: string | null } = await auditLogPage(
      world,
      by,
      filter,
      place,
    )
    if (items.length > 0) yield items
    place = next === null ? null : placeOf(next)
  } while (place !== null)
}

function line({
  at,
  actor,
  act,
  siteId,
  thread,
  commentId,
  comment,
  author,
  changes,
  details,
}: AuditEntry): string {
  const { reason, findings, ...rest } = details
  const words = changes === null ? rest : { ...rest, changes }
  return record([
    ...[at, actor.name, actor.kind, act, siteId ?? '', thread?.key ?? '', commentId ?? ''],
    ...[author?.name ?? '', comment?.excerpt ?? '', typeof reason === 'string' ? reason : ''],
    Object.keys(words).length > 0 ? JSON.stringify(words) : '',
  ])
}
