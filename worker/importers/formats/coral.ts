import type { Entry, SourceComment } from '../entry.ts'
import type { Importer, ReadOptions } from '../importer.ts'
import { addressOf, entryOf } from '../json/entryOf.ts'
import {
  countIn,
  type Fields,
  field,
  fieldsOf,
  idIn,
  listIn,
  objectIn,
  textIn,
  textOrNull,
  timeIn,
} from '../json/fields.ts'
import { has, rootObjects } from '../json/head.ts'
import { lookUp, readEntries } from '../json/readEntries.ts'

/** An object a line, or arrays of them, as `mongoexport` writes a collection. */
const places = ['$', '$.*']

type Author = SourceComment['author']
type Page = SourceComment['page']

/**
 * What `mongoexport` writes of Coral's collections `stories`, `users` and `comments`, one after the other in any order, as
 * Coral 5 and later keep them. All that it keeps names its tenant. Words that are banned there reject a comment, too, and
 * the collections do not tell that from a moderator's decision.
 */
export const coral: Importer = {
  format: 'coral',
  detect: (head) => rootObjects(head).some((first) => has(first, 'id', 'tenantID')),
  async *read(text, options) {
    const pages = new Map<string, Page>()
    const authors = new Map<string, Author>()
    await lookUp(text, places, (fields) => {
      const id = idIn(fields, 'id')
      if (id === null || isComment(fields)) return
      if (has(fields, 'url')) pages.set(id, pageOf(fields, options))
      else if (has(fields, 'role')) authors.set(id, authorOf(fields, id))
    })
    yield* readEntries(text, places, (fields, { line }): Entry | Entry[] => {
      if (isComment(fields)) return commentOf(fields, line, pages, authors)
      const page = pages.get(idIn(fields, 'id') ?? '')
      const isClosed = has(fields, 'url') && timeIn(fields, 'closedAt') !== null
      return page?.address && isClosed ? { kind: 'thread', page, closed: true } : []
    })
  },
}

const isComment = (fields: Fields) => has(fields, 'storyID', 'revisions')

const pageOf = (story: Fields, options: ReadOptions): Page => ({
  address: addressOf(textIn(story, 'url'), options),
  title: textIn(objectIn(story, 'metadata'), 'title'),
})

const authorOf = (user: Fields, id: string): Author => ({
  name: textIn(user, 'username'),
  email: textOrNull(user, 'email'),
  url: null,
  identity: id,
  isStaff: ['STAFF', 'MODERATOR', 'ADMIN'].includes(textIn(user, 'role')),
})

function commentOf(
  fields: Fields,
  line: number,
  pages: ReadonlyMap<string, Page>,
  authors: ReadonlyMap<string, Author>,
) {
  const identity = idIn(fields, 'authorID')
  const revisions = listIn(fields, 'revisions')
  const latest = fieldsOf(revisions.at(-1))
  const status = statusOf(fields)
  return entryOf({
    id: idIn(fields, 'id'),
    parentId: idIn(fields, 'parentID'),
    page: pages.get(idIn(fields, 'storyID') ?? '') ?? { address: '', title: '' },
    author: authors.get(identity ?? '') ?? { name: '', email: null, url: null, identity, isStaff: false },
    body: textIn(latest, 'body'),
    form: 'html',
    createdAt: timeIn(fields, 'createdAt'),
    editedAt: revisions.length > 1 ? timeIn(latest, 'createdAt') : null,
    status,
    decided: ['APPROVED', 'REJECTED'].includes(textIn(fields, 'status')),
    likes: countIn(objectIn(fields, 'actionCounts'), 'REACTION'),
    pinned: false,
    line,
  })
}

/** `NONE` is shown, and nobody looked at it. What is in no state that is known waits. */
function statusOf(fields: Fields): SourceComment['status'] {
  if (field(fields, 'deletedAt')) return 'deleted'
  const status = textIn(fields, 'status')
  if (status === 'APPROVED' || status === 'NONE') return 'approved'
  return status === 'REJECTED' ? 'rejected' : 'pending'
}
