import type { Entry, SourceComment } from '../entry.ts'
import type { Importer } from '../importer.ts'
import { entryOf } from '../json/entryOf.ts'
import { countIn, type Fields, flagIn, idIn, textIn, textOrNull, timeIn } from '../json/fields.ts'
import { has, rootObjects } from '../json/head.ts'
import { lookUp, readEntries } from '../json/readEntries.ts'

/** The id of whoever gives no name. */
const nobody = ['00000000-0000-0000-0000-000000000000']

/**
 * Comentario's export, version 3 (`internal/svc/impex_comentario.go`): pages, comments and those who wrote them. A comment
 * neither approved nor pending nor deleted was rejected. `moderatedTime` and `userModerated` tell that a person decided.
 */
export const comentario: Importer = {
  format: 'comentario',
  detect: (head) =>
    rootObjects(head).some(
      (root) => textIn(root, 'version') === '3' && (has(root, 'pages') || has(root, 'comments')),
    ),
  async *read(text, options) {
    const pages = new Map<string, { path: string; title: string; closed: boolean; told: boolean }>()
    const people = new Map<string, SourceComment['author']>()
    await lookUp(text, ['$.pages.*', '$.commenters.*'], (fields, { place }) => {
      const id = textIn(fields, 'id')
      if (place === 'pages.*') {
        const [path, title] = [textIn(fields, 'path') || '/', textIn(fields, 'title')]
        pages.set(id, { path, title, closed: flagIn(fields, 'isReadonly'), told: false })
      } else {
        people.set(id, {
          name: textIn(fields, 'name'),
          email: textOrNull(fields, 'email'),
          url: textOrNull(fields, 'websiteUrl'),
          identity: idIn(fields, 'id', nobody),
          isStaff: flagIn(fields, 'isModerator'),
        })
      }
    })
    yield* readEntries(text, ['$.comments.*'], (fields, { line }): Entry[] => {
      const known = pages.get(textIn(fields, 'pageId'))
      const before = options.origin || originOf(textIn(fields, 'url'))
      const page = {
        address: known
          ? `${before}/${known.path.replace(/^\/+/, '')}`
          : textIn(fields, 'url').replace(/#.*/, ''),
        title: known?.title ?? '',
      }
      const thread: Entry[] = known?.closed && !known.told ? [{ kind: 'thread', page, closed: true }] : []
      if (known) known.told = true
      const markdown = textIn(fields, 'markdown')
      return [
        ...thread,
        entryOf({
          id: idIn(fields, 'id'),
          parentId: idIn(fields, 'parentId', nobody),
          page,
          author: authorOf(fields, people),
          body: markdown || textIn(fields, 'html'),
          form: markdown === '' ? 'html' : 'markdown',
          createdAt: timeIn(fields, 'createdTime'),
          editedAt: timeIn(fields, 'editedTime'),
          status: statusOf(fields),
          decided:
            flagIn(fields, 'isDeleted') ||
            timeIn(fields, 'moderatedTime') !== null ||
            idIn(fields, 'userModerated', nobody) !== null,
          likes: countIn(fields, 'score'),
          pinned: flagIn(fields, 'isSticky'),
          line,
        }),
      ]
    })
  },
}

/** Whoever wrote it: somebody with an account, or a name given for this one comment. */
function authorOf(fields: Fields, people: Map<string, SourceComment['author']>): SourceComment['author'] {
  const identity = idIn(fields, 'userCreated', nobody)
  const person = identity === null ? undefined : people.get(identity)
  return person ?? { name: textIn(fields, 'authorName'), email: null, url: null, identity, isStaff: false }
}

function statusOf(fields: Fields): SourceComment['status'] {
  if (flagIn(fields, 'isDeleted')) return 'deleted'
  if (flagIn(fields, 'isPending')) return 'pending'
  return flagIn(fields, 'isApproved') ? 'approved' : 'rejected'
}

/** The origin of a comment's own address; '' where it has none. */
function originOf(url: string): string {
  return /^https?:\/\/[^/?#]+/i.exec(url)?.[0] ?? ''
}
