import type { SourceComment } from '../entry.ts'
import type { Importer, ReadOptions } from '../importer.ts'
import { entryOf } from '../json/entryOf.ts'
import { countIn, type Fields, field, flagIn, idIn, textIn, textOrNull, timeIn } from '../json/fields.ts'
import { has, rootObjects } from '../json/head.ts'
import { lookUp, readEntries } from '../json/readEntries.ts'

/** What stands for nobody. */
const nobody = ['root', 'anonymous', '0'.repeat(64)]

/**
 * Commento's export, version 1 (`api/domain_export.go`), and that of the first Comentario: comments, then those who wrote
 * them. Deleted comments have no text, or `[deleted]`. Commento shows comments at once unless it is told otherwise, and
 * `flagged` is what Akismet says: no person's decision is in the file.
 */
export const commento: Importer = {
  format: 'commento',
  detect: (head) =>
    rootObjects(head).some(
      (root) => textIn(root, 'version') === '1' && (has(root, 'commenters') || has(root, 'comments')),
    ),
  async *read(text, options) {
    const commenters = new Map<string, SourceComment['author']>()
    await lookUp(text, ['$.commenters.*'], (fields) => {
      commenters.set(textIn(fields, 'commenterHex'), {
        name: textIn(fields, 'name'),
        email: textOrNull(fields, 'email'),
        url: websiteOf(fields),
        identity: idIn(fields, 'commenterHex', nobody),
        isStaff: flagIn(fields, 'isModerator'),
      })
    })
    yield* readEntries(text, ['$.comments.*'], (fields, { line }) => {
      const body = textIn(fields, 'markdown')
      const html = textIn(fields, 'html')
      // What somebody typed would be in a paragraph.
      const isDeleted = flagIn(fields, 'deleted') || html === '[deleted]'
      return entryOf({
        id: idIn(fields, 'commentHex'),
        parentId: idIn(fields, 'parentHex', nobody),
        page: { address: addressIn(fields, options), title: '' },
        author: commenters.get(textIn(fields, 'commenterHex')) ?? {
          ...{ name: '', email: null, url: null, isStaff: false },
          identity: idIn(fields, 'commenterHex', nobody),
        },
        body: isDeleted && body === '[deleted]' ? '' : body || html,
        form: body === '' ? 'html' : 'markdown',
        createdAt: timeIn(fields, 'creationDate'),
        editedAt: null,
        status: isDeleted ? 'deleted' : statusOf(textIn(fields, 'state')),
        decided: isDeleted,
        likes: countIn(fields, 'score'),
        pinned: false,
        line,
      })
    })
  },
}

/** Commento writes `undefined` where no site was given. */
function websiteOf(fields: Fields): string | null {
  const url = textOrNull(fields, 'link', 'websiteUrl')
  return url === 'undefined' ? null : url
}

/** Commento has the path as `url` and the host as `domain`, Comentario as `path` and `host`. */
function addressIn(fields: Fields, { origin }: ReadOptions): string {
  const path = textIn(fields, 'path', 'url')
  const host = textIn(fields, 'domain', 'host')
  const isKnown = field(fields, 'path') !== undefined || path !== '' || host !== ''
  if (!isKnown || /^https?:/i.test(path)) return path
  const before = origin || (host && `https://${host}`)
  return `${before}/${path.replace(/^\/+/, '')}`
}

function statusOf(state: string): SourceComment['status'] {
  if (state === 'approved') return 'approved'
  return state === 'flagged' ? 'spam' : 'pending'
}
