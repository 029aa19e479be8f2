import type { World } from '../commands/world.ts'
import * as stats from '../store/stats.ts'
import { record } from './csv.ts'

const perPage = 200

/**
 * What people decided on a site, newest first, as RFC 4180 has it: the thread's key, `spam` or `ham`, when it was
 * decided, the text, and the author's name and website.
 */
export function decisionsCsv({ db }: World, siteId: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let after: number | null = null
  return new ReadableStream<Uint8Array>({
    start: (controller) =>
      controller.enqueue(encoder.encode(record(['group', 'label', 'date', 'body', 'name', 'url']))),
    async pull(controller) {
      const page: stats.LabelledRow[] = await stats.labelled(db, siteId, { after, limit: perPage })
      after = page.at(-1)?.seq ?? null
      if (page.length > 0) controller.enqueue(encoder.encode(page.map(row).join('')))
      if (page.length < perPage) controller.close()
    },
  })
}

const row = ({ thread, status, decidedAt, body, name, url }: stats.LabelledRow) =>
  record([
    ...[thread, status === 'spam' ? 'spam' : 'ham', new Date(decidedAt).toISOString()],
    ...[body, name, url ?? ''],
  ])
