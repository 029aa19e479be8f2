import type { InferOutput } from 'valibot'
import type { Comment } from '../contract/comment.ts'
import { isRegistered } from '../contract/origin.ts'
import type { Site } from '../contract/site.ts'
import type { staffComment } from '../contract/voices.ts'
import { fingerprint } from '../crypto.ts'
import { Refusal } from '../http/refusal.ts'
import { ownView } from '../queries/view.ts'
import { answerable } from '../store/answerable.ts'
import * as answers from '../store/answers.ts'
import * as comments from '../store/comments.ts'
import { receiptOf } from '../store/receipts.ts'
import * as staffAuthors from '../store/staffAuthors.ts'
import * as threads from '../store/threads.ts'
import { publishAsStaff, requireLength, requireOpen, tries, type Writer } from './publishAsStaff.ts'
import { full, isFull } from './room.ts'
import { storedText } from './text.ts'
import type { World } from './world.ts'

interface Post {
  site: Site
  writer: Writer
  comment: InferOutput<typeof staffComment>
}

/**
 * Publishes what a member of staff writes on a page of a site. It takes three round trips to the database, and more on a
 * page without comments.
 *
 * @throws Refusal `wrong_origin`, `too_long`, `missing`, `id_taken`, `unknown_parent`, `parent_elsewhere`,
 * `thread_closed` or `unavailable`
 */
export async function postAsStaff(
  world: World,
  { site, writer, comment }: Post,
): Promise<{ comment: Comment; isNew: boolean }> {
  const { db } = world
  const { id, key, url, title, parentId, body } = comment
  if (!isRegistered(new URL(url).origin, site.origins))
    throw new Refusal('wrong_origin', { field: 'url', message: 'This address is not one of the site’s.' })
  requireLength(site, body)
  const text = await storedText(body)
  const requestHash = await fingerprint(JSON.stringify([site.id, id, key, parentId, writer.id, body]))
  for (let attempt = 1; attempt <= tries; attempt++) {
    const [receipt, parent, author, thread, hasNoRoom] = await Promise.all([
      receiptOf(db, id),
      parentId ? answerable(db, site.id, parentId) : null,
      staffAuthors.find(db, site.id, writer.id),
      answers.placeOf(db, site.id, key),
      isFull(world, site, true),
    ])
    if (receipt && receipt.requestHash !== requestHash) throw new Refusal('id_taken', { field: 'id' })
    if (receipt) return { comment: await written(world, site, writer, id), isNew: false }
    requireOpen(site)
    if (parentId && !parent) throw new Refusal('unknown_parent', { field: 'parentId' })
    if (parent && parent.threadId !== thread.threadId)
      throw new Refusal('parent_elsewhere', { field: 'parentId' })
    if (hasNoRoom) throw full(site)
    const isWritten = await publishAsStaff(world, {
      ...{
        id,
        writer,
        actor: { kind: 'moderator', id: writer.id, name: writer.name },
        site,
        author,
        text,
        requestHash,
      },
      place: {
        threadId: thread.threadId ?? (await threads.make(db, { siteId: site.id, key, now: world.now })),
        ...{ pageUrl: url, pageTitle: title, seq: thread.nextSeq, parent },
      },
      approves: null,
      condition: parent ? answers.isShown(parent.seq) : { text: 'TRUE', values: [] },
    })
    if (isWritten) return { comment: await written(world, site, writer, id), isNew: true }
  }
  throw new Refusal('unavailable')
}

async function written(world: World, site: Site, writer: Writer, id: string): Promise<Comment> {
  const row = await comments.own(world.db, site.id, id, staffAuthors.staffKey(writer.id))
  if (!row) throw new Refusal('not_found')
  return ownView(row, site, world)
}
