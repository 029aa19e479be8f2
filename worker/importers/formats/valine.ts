import type { Entry } from '../entry.ts'
import type { Importer } from '../importer.ts'
import { idIn, textIn } from '../json/fields.ts'
import { firstRecords, has } from '../json/head.ts'
import { readEntries } from '../json/readEntries.ts'
import { leanCloudComment } from './leanCloudComment.ts'

/**
 * What LeanCloud exports of the class `Comment`: a line `#filetype:JSON-streaming {…}` and an object a line, or one array,
 * or `{"results": […]}`. Valine keeps its comments there, and so do many that use Waline.
 */
export const valine: Importer = {
  format: 'valine',
  detect: (head) =>
    /^\uFEFF?#filetype:JSON-streaming .*"Comment"/.test(head) ||
    firstRecords(head, ['results']).some(
      (first) =>
        has(first, 'comment', 'nick') &&
        (has(first, 'objectId') || (has(first, '_id') && has(first, 'insertedAt'))),
    ),
  read: (text, options) =>
    readEntries(text, ['$', '$.*', '$.results.*'], (fields, { place, line }): Entry | Entry[] => {
      if (place === '' && has(fields, 'results')) return []
      if (has(fields, 'comment')) return leanCloudComment(fields, line, options)
      const id = idIn(fields, 'objectId')
      return { kind: 'leftOut', reason: 'unknown_type', id, parentId: textIn(fields, 'pid') || null, line }
    }),
}
