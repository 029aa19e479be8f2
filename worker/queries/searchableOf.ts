import { readFindings } from '../contract/readFindings.ts'
import type { Searchable } from '../search/searchable.ts'
import type { QueueRow } from '../store/queue.ts'
import { shownFindings, tree } from './view.ts'

/** A comment of the queue as the search sees it: nothing that staff may not see. */
export const searchableOf = (row: QueueRow): Searchable => ({
  ...row,
  content: tree(row.content),
  findings: shownFindings(row, readFindings(JSON.parse(row.findings))),
})
