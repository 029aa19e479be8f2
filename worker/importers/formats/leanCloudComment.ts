import type { LeftOut, SourceComment } from '../entry.ts'
import type { ReadOptions } from '../importer.ts'
import { addressOf, entryOf, formOf } from '../json/entryOf.ts'
import { countIn, type Fields, flagIn, idIn, textIn, textOrNull, timeIn } from '../json/fields.ts'

/** What a Waline account says of its owner. */
export interface WalineUser {
  name: string
  email: string | null
  url: string | null
  isStaff: boolean
}

/**
 * A comment as Valine keeps it at LeanCloud, and Waline in every storage that it has. `comment` is HTML in Valine and
 * Markdown in Waline; storages that were moved have both. Neither file tells who decided: what is shown may have been
 * shown from the start, spam is taken as marked.
 */
export function leanCloudComment(
  fields: Fields,
  line: number,
  options: ReadOptions,
  userOf: (id: string) => WalineUser | undefined = () => undefined,
): SourceComment | LeftOut {
  const userId = idIn(fields, 'user_id')
  const user = userId === null ? undefined : userOf(userId)
  const body = textIn(fields, 'comment')
  const status = statusOf(fields)
  return entryOf({
    id: idIn(fields, 'objectId') ?? idIn(fields, '_id') ?? idIn(fields, 'id'),
    parentId: idIn(fields, 'pid', ['0']) ?? idIn(fields, 'rid', ['0']),
    page: { address: addressOf(textIn(fields, 'url'), options), title: '' },
    author: {
      name: user?.name || textIn(fields, 'nick'),
      email: user?.email ?? textOrNull(fields, 'mail'),
      url: user?.url ?? textOrNull(fields, 'link'),
      identity: userId,
      isStaff: user?.isStaff ?? false,
    },
    body,
    form: formOf(body),
    createdAt: timeIn(fields, 'insertedAt', 'createdAt'),
    editedAt: null,
    status,
    decided: status === 'spam',
    likes: countIn(fields, 'like'),
    pinned: flagIn(fields, 'sticky'),
    line,
  })
}

/** Waline shows what is neither `waiting` nor `spam`, Valine's admin pages what is not `isSpam`. */
function statusOf(fields: Fields): SourceComment['status'] {
  const status = textIn(fields, 'status')
  if (status === 'waiting') return 'pending'
  return status === 'spam' || flagIn(fields, 'isSpam') ? 'spam' : 'approved'
}
