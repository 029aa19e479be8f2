import type { Ctx } from '../../access/identity.ts'
import { exportQuery } from '../../contract/exports.ts'
import { parse, single } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import * as sites from '../../store/sites.ts'
import * as stats from '../../store/stats.ts'

const perPage = 200

/**
 * `GET /v1/exports/decisions.csv?site=`: what people decided, newest first, as RFC 4180 has it: the
 * thread's key, `spam` or `ham`, when it was decided, and the text.
 */
export async function getDecisionsCsv(c: Ctx): Promise<Response> {
  const { site: id } = parse(exportQuery, single(c.req.queries()))
  const site = await sites.find(c.env.DB, id)
  if (!site) throw new Refusal('unknown_site', { field: 'site' })
  const encoder = new TextEncoder()
  let before = Number.MAX_SAFE_INTEGER
  const rows = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(record(['group', 'label', 'date', 'body']))),
    async pull(controller) {
      const page = await stats.labelled(c.env.DB, site.id, { before, limit: perPage })
      before = page.at(-1)?.seq ?? 0
      if (page.length > 0) controller.enqueue(encoder.encode(page.map(row).join('')))
      if (page.length < perPage) controller.close()
    },
  })
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', `attachment; filename="${site.id}-decisions.csv"`)
  return c.body(rows as never)
}

const row = ({ thread, status, decidedAt, body }: stats.LabelledRow) =>
  record([thread, status === 'spam' ? 'spam' : 'ham', new Date(decidedAt).toISOString(), body])

const record = (cells: string[]) => `${cells.map(cell).join(',')}\r\n`

/** A quoted cell; what a spreadsheet would take for a formula is text by the apostrophe before it. */
const cell = (text: string) => `"${text.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`
