import { record } from '../queries/csv.ts'
import type { Exporter } from './exporter.ts'

const timeOf = (time: number | null) => (time === null ? '' : new Date(time).toISOString())

const columns = [
  ...[
    'id',
    'answers',
    'page',
    'address',
    'title',
    'status',
    'author',
    'email',
    'website',
    'written',
    'edited',
  ],
  ...['likes', 'text'],
]

/**
 * A table for spreadsheets, as RFC 4180 has it, with a mark by which they know UTF-8. What one would take for a formula is
 * text by an apostrophe. Texts are the Markdown that was written.
 */
export const csv: Exporter = {
  file: 'comments.csv',
  statuses: ['approved', 'pending', 'spam', 'rejected', 'deleted'],
  head: () => `\ufeff${record(columns)}`,
  open: () => '',
  comment: (comment, { key, address, title }) =>
    record([
      ...[comment.id, comment.parentId ?? '', key, address, title, comment.status],
      ...[comment.name, comment.email ?? '', comment.url ?? ''],
      ...[timeOf(comment.createdAt), timeOf(comment.editedAt), String(comment.likes), comment.body],
    ]),
  close: '',
  tail: '',
}
