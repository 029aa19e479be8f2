import type { Broken, LeftOut, SourceComment } from '../entry.ts'
import type { Importer, ReadOptions } from '../importer.ts'
import { addressOf, entryOf } from '../json/entryOf.ts'
import {
  type Fields,
  field,
  fieldsOf,
  flagIn,
  idIn,
  listIn,
  objectIn,
  textIn,
  textOrNull,
  timeIn,
} from '../json/fields.ts'
import { has, rootObjects } from '../json/head.ts'
import { readEntries } from '../json/readEntries.ts'
import { readJson } from '../json/readJson.ts'

const places = ['$.data.data.*', '$.*.data.data.*']

/**
 * Answers of Cusdis's API, one page of ten after the other: those of the dashboard, `/api/project/ID/comments?page=1`, with
 * all comments, or those for readers, `/api/open/comments`. A reply stands within what it answers, and in the first kind by
 * itself, too. Comments wait until somebody approves them, so whoever is approved was decided on. The text is Markdown.
 */
export const cusdis: Importer = {
  format: 'cusdis',
  detect: (head) =>
    rootObjects(head).some((root) => {
      const data = objectIn(root, 'data')
      const [first] = listIn(data, 'data')
      return has(data ?? undefined, 'data') && has(fieldsOf(first) ?? undefined, 'by_nickname', 'content')
    }),
  async *read(text, options) {
    const parents = new Map<string, string>()
    const { listed, count } = await gather(text, parents)
    const seen = new Set<string>()
    yield* readEntries(text, places, (fields, { line }) =>
      withReplies(fields).flatMap((comment) => {
        const id = idIn(comment, 'id')
        if (id !== null && seen.has(id)) return []
        if (id !== null) seen.add(id)
        const parentId = idIn(comment, 'parentId') ?? (id === null ? null : (parents.get(id) ?? null))
        return [commentOf(comment, parentId, line, options)]
      }),
    )
    if (listed < count) yield missing(listed, count)
  },
}

/** Who answers whom, and how many comments there are in the lists and by what these say. */
async function gather(text: AsyncIterable<string>, parents: Map<string, string>) {
  let listed = 0
  let count = 0
  for await (const found of readJson(text, [...places, '$.data.commentCount', '$.*.data.commentCount'])) {
    if (found.kind === 'broken') continue
    const fields = fieldsOf(found.value)
    if (!fields) {
      if (typeof found.value === 'number') count = Math.max(count, found.value)
      continue
    }
    listed += 1
    for (const comment of withReplies(fields)) {
      const id = idIn(comment, 'id')
      for (const reply of repliesOf(comment)) {
        const replyId = idIn(reply, 'id')
        if (id !== null && replyId !== null) parents.set(replyId, id)
      }
    }
  }
  return { listed, count }
}

function repliesOf(comment: Fields): Fields[] {
  return listIn(objectIn(comment, 'replies'), 'data').flatMap((reply) => {
    const fields = fieldsOf(reply)
    return fields ? [fields] : []
  })
}

function withReplies(comment: Fields): Fields[] {
  return [comment, ...repliesOf(comment).flatMap(withReplies)]
}

function commentOf(
  fields: Fields,
  parentId: string | null,
  line: number,
  options: ReadOptions,
): SourceComment | LeftOut {
  const page = objectIn(fields, 'page')
  const isDeleted = timeIn(fields, 'deletedAt') !== null
  const isWaiting = field(fields, 'approved') !== undefined && !flagIn(fields, 'approved')
  return entryOf({
    id: idIn(fields, 'id'),
    parentId,
    page: { address: addressOf(textIn(page, 'url', 'slug'), options), title: textIn(page, 'title') },
    author: {
      name: textIn(fields, 'by_nickname') || textIn(objectIn(fields, 'moderator'), 'displayName', 'name'),
      email: textOrNull(fields, 'by_email'),
      url: null,
      identity: null,
      isStaff: textIn(fields, 'moderatorId') !== '',
    },
    body: textIn(fields, 'content'),
    form: 'markdown',
    createdAt: timeIn(fields, 'createdAt'),
    editedAt: null,
    status: isDeleted ? 'deleted' : isWaiting ? 'pending' : 'approved',
    decided: isDeleted || !isWaiting,
    likes: 0,
    pinned: false,
    line,
  })
}

function missing(listed: number, count: number): Broken {
  return {
    kind: 'broken',
    line: 1,
    message: `The file has ${listed} of ${count} comments. Ask for the other pages, too: ?page=2, ?page=3 and so on.`,
  }
}
