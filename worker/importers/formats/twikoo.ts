import type { Entry } from '../entry.ts'
import type { Importer } from '../importer.ts'
import { addressOf, entryOf } from '../json/entryOf.ts'
import { countIn, type Fields, flagIn, idIn, listIn, textIn, textOrNull, timeIn } from '../json/fields.ts'
import { firstRecords, has } from '../json/head.ts'
import { readEntries } from '../json/readEntries.ts'

/**
 * Twikoo's export: an array of comments, `{"code": 0, "data": […]}`, `{"results": […]}`, or an object a line, as MongoDB
 * and CloudBase write it. `comment` is HTML, emoji are pictures in it. `isSpam` is what readers do not see, be it spam or
 * not yet reviewed; it is taken as marked. What is shown was shown from the start.
 */
export const twikoo: Importer = {
  format: 'twikoo',
  detect: (head) =>
    firstRecords(head, ['data', 'results']).some((first) => has(first, '_id', 'comment', 'created')),
  read: (text, options) =>
    readEntries(text, ['$', '$.*', '$.data.*', '$.results.*'], (fields, { place, line }): Entry | Entry[] => {
      if (place === '' && (has(fields, 'data') || has(fields, 'results'))) return []
      const isSpam = flagIn(fields, 'isSpam')
      return entryOf({
        id: idIn(fields, '_id'),
        parentId: idIn(fields, 'pid') ?? idIn(fields, 'rid'),
        page: { address: addressOf(textIn(fields, 'url', 'href'), options), title: '' },
        author: {
          name: textIn(fields, 'nick'),
          email: textOrNull(fields, 'mail'),
          url: textOrNull(fields, 'link'),
          identity: textOrNull(fields, 'mail') ? null : textOrNull(fields, 'uid'),
          isStaff: flagIn(fields, 'master'),
        },
        body: textIn(fields, 'comment'),
        form: 'html',
        createdAt: timeIn(fields, 'created'),
        editedAt: null,
        status: isSpam ? 'spam' : 'approved',
        decided: isSpam,
        likes: likesOf(fields),
        pinned: flagIn(fields, 'top'),
        line,
      })
    }),
}

/** Who liked a comment is a list of persons, or a number in later versions. */
function likesOf(fields: Fields): number {
  const persons = ['ups', 'like'].map((name) => listIn(fields, name).length || countIn(fields, name))
  return Math.max(...persons)
}
