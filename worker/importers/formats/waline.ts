import type { Importer } from '../importer.ts'
import { idIn, objectIn, textIn, textOrNull } from '../json/fields.ts'
import { rootObjects } from '../json/head.ts'
import { lookUp, readEntries } from '../json/readEntries.ts'
import { leanCloudComment, type WalineUser } from './leanCloudComment.ts'

/** The file that the admin page writes, or the answer of `/api/db` as it is. */
const places = ['$.data.', '$.data.data.']

const paths = (table: string) => places.map((place) => `${place}${table}.*`)

/**
 * Waline's export: `{"type": "waline", "data": {"Comment": […], "Counter": […], "Users": […]}}`, as its
 * `controller/db.js` writes it. Of an account its name, address and type are read; hashes of passwords stand there, too.
 */
export const waline: Importer = {
  format: 'waline',
  detect: (head) =>
    rootObjects(head).some(
      (root) => textIn(root, 'type') === 'waline' || textIn(objectIn(root, 'data'), 'type') === 'waline',
    ),
  async *read(text, options) {
    const users = new Map<string, WalineUser>()
    await lookUp(text, paths('Users'), (fields) => {
      users.set(idIn(fields, 'objectId') ?? idIn(fields, '_id') ?? idIn(fields, 'id') ?? '', {
        name: textIn(fields, 'display_name'),
        email: textOrNull(fields, 'email'),
        url: textOrNull(fields, 'url'),
        isStaff: textIn(fields, 'type') === 'administrator',
      })
    })
    yield* readEntries(text, paths('Comment'), (fields, { line }) =>
      leanCloudComment(fields, line, options, (id) => users.get(id)),
    )
  },
}
