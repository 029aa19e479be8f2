import type { Entry, SourceComment } from '../entry.ts'
import type { Importer } from '../importer.ts'
import { addressOf, entryOf } from '../json/entryOf.ts'
import { countIn, type Fields, flagIn, idIn, objectIn, textIn, timeIn } from '../json/fields.ts'
import { has, rootObjects } from '../json/head.ts'
import { readEntries } from '../json/readEntries.ts'

/**
 * Remark42's backup: a line with what is known of users and posts, then a comment a line (`migrator/native.go`). `orig` is
 * what was typed, Markdown, where it was kept, and `text` the HTML made of it. There is no queue: what is not deleted is
 * shown, and nobody decided. A deleted comment has no text. Users' addresses are hashes of IP addresses and are not read.
 */
export const remark42: Importer = {
  format: 'remark42',
  detect: (head) => {
    const [first] = rootObjects(head)
    return (has(first, 'version') && (has(first, 'users') || has(first, 'posts'))) || isComment(first)
  },
  read: (text, options) =>
    readEntries(text, ['$', '$.posts.*', '$.users.*'], (fields, { place, line }): Entry | Entry[] => {
      if (place === 'users.*' || (place === '' && has(fields, 'version') && !has(fields, 'locator')))
        return []
      if (place === 'posts.*') {
        const page = { address: addressOf(textIn(fields, 'url'), options), title: '' }
        return flagIn(fields, 'read_only') ? { kind: 'thread', page, closed: true } : []
      }
      const user = objectIn(fields, 'user')
      const isDeleted = flagIn(fields, 'delete')
      return entryOf({
        id: idIn(fields, 'id'),
        parentId: idIn(fields, 'pid'),
        page: {
          address: addressOf(textIn(objectIn(fields, 'locator'), 'url'), options),
          title: textIn(fields, 'title'),
        },
        author: {
          name: typedName(textIn(user, 'name')),
          email: null,
          url: null,
          identity: idIn(user, 'id', ['deleted']),
          isStaff: flagIn(user, 'admin'),
        },
        ...bodyOf(fields),
        createdAt: timeIn(fields, 'time'),
        editedAt: timeIn(objectIn(fields, 'edit'), 'time'),
        status: isDeleted ? 'deleted' : 'approved',
        decided: isDeleted,
        likes: likesOf(fields),
        pinned: flagIn(fields, 'pin'),
        line,
      })
    }),
}

function isComment(fields: Fields | undefined): boolean {
  return has(fields, 'id', 'locator', 'text', 'user')
}

/** `orig` went through a sanitizer, too, which wrote `&` and `<` as entities: then the HTML is what readers saw. */
function bodyOf(fields: Fields): Pick<SourceComment, 'body' | 'form'> {
  const orig = textIn(fields, 'orig')
  return orig !== '' && !/&(amp|lt|gt|#34|#39);/.test(orig)
    ? { body: orig, form: 'markdown' }
    : { body: textIn(fields, 'text'), form: 'html' }
}

/** Those who voted for it, where it is known who voted; else the score, which is less by those against it. */
function likesOf(fields: Fields): number {
  const votes = Object.values(objectIn(fields, 'votes') ?? {})
  return votes.length > 0 ? votes.filter((up) => up === true).length : countIn(fields, 'score')
}

const entities: { [entity: string]: string } = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&#34;': '"',
  '&#39;': "'",
}

/** A name as it was typed: Go's `HTMLEscapeString` was applied to it. */
function typedName(name: string): string {
  return name.replace(/&(lt|gt|amp|#34|#39);/g, (entity) => entities[entity] ?? entity)
}
