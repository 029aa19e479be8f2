import { bytesOf, contentOf } from './contents.ts'

/** A comment as a thread shows it. */
export interface ShownRow {
  seq: number
  id: string
  parentId: string | null
  rootSeq: number | null
  authorId: string
  name: string
  url: string | null
  /** JSON of its tree; null where it is long and stands further down than a page can reach. */
  content: string | null
  /** What its content, name and address take in UTF-8. */
  bytes: number
  /** The version of the thread that brought the text that it shows. */
  shownVersion: number
  shown: number
  createdAt: number
  editedAt: number | null
  editedBy: 'staff' | null
  likes: number
  replyCount: number
  branchCount: number
  pinned: number
}

/** What a comment's column says of the text that readers see. */
export const ofShown = (c: string, column: 'edited_at' | 'edited_by') =>
  `CASE ${c}.shown_revision WHEN ${c}.revision THEN ${c}.${column} WHEN 1 THEN NULL ELSE
    (SELECT ${column} FROM revisions WHERE comment_seq = ${c}.seq AND revision = ${c}.shown_revision) END`

/** What each field of a `ShownRow` is read from, by the name that the comment has in a query. */
const fieldsOf = (c: 'c' | 'r'): Record<keyof ShownRow, string> => ({
  seq: `${c}.seq`,
  id: `${c}.id`,
  parentId: `${c}.parent_id`,
  rootSeq: `${c}.root_seq`,
  authorId: `${c}.author_public_id`,
  name: `${c}.name`,
  url: `${c}.url`,
  content: contentOf(c),
  bytes: bytesOf(c),
  shownVersion: `${c}.shown_version`,
  shown: `${c}.shown_revision IS NOT NULL`,
  createdAt: `${c}.created_at`,
  editedAt: ofShown(c, 'edited_at'),
  editedBy: ofShown(c, 'edited_by'),
  likes: `${c}.likes`,
  replyCount: `${c}.reply_count`,
  branchCount: `${c}.branch_count`,
  pinned: `${c}.pinned_at IS NOT NULL`,
})

/** The columns of a `ShownRow`, in a query where the comment has this name. */
export const columnsOf = (c: 'c' | 'r') =>
  Object.entries(fieldsOf(c))
    .map(([name, source]) => `${source} AS ${name}`)
    .join(', ')

/** The columns of a `ShownRow`, in a query where `c` is the comment. */
export const shownColumns = columnsOf('c')

const names = Object.keys(fieldsOf('c'))

/** The values of a `ShownRow` as JSON, in a query of its columns; without their names, which would be a third of it. */
export const shownValues = `json_array(${names.join(', ')})`

/** The rows of a list of such values. */
export const rowsOfValues = (json: string): ShownRow[] =>
  (JSON.parse(json) as unknown[][]).map((values) => {
    const row: Record<string, unknown> = {}
    for (const [at, name] of names.entries()) row[name] = values[at]
    return row as unknown as ShownRow
  })
