import type { Broken, Entry, SourceComment, SourcePage } from '../entry.ts'
import type { Importer } from '../importer.ts'
import { entryOf } from '../json/entryOf.ts'
import {
  countIn,
  type Fields,
  fieldsOf,
  flagIn,
  idIn,
  listIn,
  objectIn,
  textIn,
  timeIn,
} from '../json/fields.ts'
import { has, rootObjects } from '../json/head.ts'
import { readEntries } from '../json/readEntries.ts'
import { gitHubAuthor, gitHubBody, gitHubPage } from './gitHubPage.ts'

/** Where discussions are in the answers of `gh api graphql`, page after page, or in one array by `--slurp`. */
const places = ['$.', '$.*.'].flatMap((root) =>
  ['repository.discussions.nodes.*', 'repository.discussion', 'search.nodes.*'].map(
    (place) => `${root}data.${place}`,
  ),
)

/** What the file has of a discussion's comments. */
interface Extent {
  line: number
  has: number
  total: number
}

/**
 * What GitHub's GraphQL API answers of the discussions that giscus keeps comments in, with their comments and replies. A
 * comment that was minimized was hidden by a person, as spam or for another reason; nobody decided on the others.
 */
export const giscus: Importer = {
  format: 'giscus',
  detect: (head) =>
    rootObjects(head).some((root) => {
      const data = objectIn(root, 'data')
      const repository = objectIn(data, 'repository') ?? undefined
      const [found] = listIn(objectIn(data, 'search'), 'nodes')
      return (
        has(repository, 'discussions') ||
        has(repository, 'discussion') ||
        has(fieldsOf(found) ?? undefined, 'comments', 'title')
      )
    }),
  async *read(text, options) {
    const extents = new Map<string, Extent>()
    yield* readEntries(text, places, (fields, { line }): Entry[] => {
      const url = textIn(fields, 'url')
      const page = gitHubPage(textIn(fields, 'title'), textIn(fields, 'body'), url, options)
      const comments = nodesOf(fields, 'comments')
      const extent = extents.get(url) ?? { line, has: 0, total: 0 }
      extent.has += comments.length
      extent.total = countIn(objectIn(fields, 'comments'), 'totalCount')
      const isFirst = !extents.has(url)
      extents.set(url, extent)
      return [
        ...(isFirst && flagIn(fields, 'locked') ? [{ kind: 'thread' as const, page, closed: true }] : []),
        ...comments.flatMap((comment) => {
          const id = idIn(comment, 'id')
          const replies = nodesOf(comment, 'replies')
          const total = countIn(objectIn(comment, 'replies'), 'totalCount')
          return [
            commentOf(comment, null, page, line),
            ...replies.map((reply) =>
              commentOf(reply, idIn(objectIn(reply, 'replyTo'), 'id') ?? id, page, line),
            ),
            ...(replies.length < total
              ? [partly(line, `A comment of ${url}`, replies.length, total, 'replies')]
              : []),
          ]
        }),
      ]
    })
    for (const [url, extent] of extents) {
      if (extent.has < extent.total) yield partly(extent.line, url, extent.has, extent.total, 'comments')
    }
  },
}

function nodesOf(fields: Fields, name: string): Fields[] {
  return listIn(objectIn(fields, name), 'nodes').flatMap((node) => {
    const fields = fieldsOf(node)
    return fields ? [fields] : []
  })
}

function commentOf(fields: Fields, parentId: string | null, page: SourcePage, line: number) {
  const isMinimized = flagIn(fields, 'isMinimized')
  const isDeleted = timeIn(fields, 'deletedAt') !== null
  return entryOf({
    id: idIn(fields, 'id'),
    parentId,
    page,
    author: gitHubAuthor(objectIn(fields, 'author'), textIn(fields, 'authorAssociation')),
    ...gitHubBody(fields),
    createdAt: timeIn(fields, 'createdAt'),
    editedAt: timeIn(fields, 'lastEditedAt'),
    status: isDeleted ? 'deleted' : isMinimized ? hiddenAs(fields) : 'approved',
    decided: isDeleted || isMinimized,
    likes: likesOf(fields),
    pinned: false,
    line,
  })
}

function hiddenAs(fields: Fields): SourceComment['status'] {
  return textIn(fields, 'minimizedReason').toLowerCase() === 'spam' ? 'spam' : 'rejected'
}

function likesOf(fields: Fields): number {
  const groups = listIn(fields, 'reactionGroups').map(fieldsOf)
  const up = groups.find((group) => textIn(group, 'content') === 'THUMBS_UP') ?? null
  return countIn(objectIn(up, 'users') ?? objectIn(up, 'reactors'), 'totalCount')
}

function partly(line: number, what: string, found: number, total: number, of: string): Broken {
  const message = `${what} has ${total} ${of}, and the file ${found} of them. Ask GitHub for more of them at once.`
  return { kind: 'broken', line, message }
}
