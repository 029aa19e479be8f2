import type { Entry } from '../entry.ts'
import type { Importer } from '../importer.ts'
import { addressOf, entryOf, formOf } from '../json/entryOf.ts'
import { countIn, flagIn, idIn, textIn, textOrNull, timeIn } from '../json/fields.ts'
import { firstRecords, has } from '../json/head.ts'
import { readEntries } from '../json/readEntries.ts'

/**
 * Artalk's Artrans: an array of comments, all of whose fields may be text (`internal/entity/artran.go`). `content` is
 * Markdown, or HTML where Artransfer made the file of another system's. Artalk shows comments at once unless it is told
 * otherwise, and the file does not say who decided. A page for admins only takes no comments.
 */
export const artalk: Importer = {
  format: 'artalk',
  detect: (head) => firstRecords(head, ['data']).some((first) => has(first, 'page_key', 'content')),
  async *read(text, options) {
    const closed = new Set<string>()
    yield* readEntries(text, ['$.*', '$.data.*'], (fields, { line }): Entry[] => {
      const body = textIn(fields, 'content')
      const address = addressOf(textIn(fields, 'page_key'), options)
      const page = { address, title: textIn(fields, 'page_title') }
      const isClosed = address !== '' && flagIn(fields, 'page_admin_only') && !closed.has(address)
      if (isClosed) closed.add(address)
      return [
        ...(isClosed ? [{ kind: 'thread' as const, page, closed: true }] : []),
        entryOf({
          id: idIn(fields, 'id'),
          parentId: idIn(fields, 'rid', ['0']),
          page,
          author: {
            name: textIn(fields, 'nick'),
            email: textOrNull(fields, 'email'),
            url: textOrNull(fields, 'link'),
            identity: null,
            isStaff: textIn(fields, 'badge_name') !== '',
          },
          body,
          form: formOf(body),
          createdAt: timeIn(fields, 'created_at', 'date'),
          editedAt: null,
          status: flagIn(fields, 'is_pending') ? 'pending' : 'approved',
          decided: false,
          likes: countIn(fields, 'vote_up'),
          pinned: flagIn(fields, 'is_pinned'),
          line,
        }),
      ]
    })
  },
}
