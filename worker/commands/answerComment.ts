import type { NewReply, Published } from '../contract/replies.ts'
import type { Site } from '../contract/site.ts'
import { fingerprint } from '../crypto.ts'
import { Refusal } from '../http/refusal.ts'
import { ownView } from '../queries/view.ts'
import * as answers from '../store/answers.ts'
import * as comments from '../store/comments.ts'
import { databaseOf, everyDatabase } from '../store/database.ts'
import * as subjects from '../store/decidedComments.ts'
import { receiptOf } from '../store/receipts.ts'
import * as sites from '../store/sites.ts'
import * as staffAuthors from '../store/staffAuthors.ts'
import { presentOf } from './moderate.ts'
import { publishAsStaff, requireLength, requireOpen, tries, type Writer } from './publishAsStaff.ts'
import { full, isFull } from './room.ts'
import { storedText } from './text.ts'
import type { World } from './world.ts'

interface Reply extends NewReply {
  /** The comment that it answers. */
  commentId: string
  actor: subjects.Actor
  writer: Writer
}

/**
 * Answers a comment as a member of staff: published at once, and with the answered comment where that is asked for. It
 * takes three round trips to the database.
 *
 * @throws Refusal `not_found`, `id_taken`, `too_long`, `missing`, `thread_closed`, `unavailable`, or `conflict` where readers don't see
 * the comment, or it has changed
 */
export async function answerComment(
  outer: World,
  reply: Reply,
): Promise<{ published: Published; isNew: boolean }> {
  const text = await storedText(reply.body)
  for (let attempt = 1; attempt <= tries; attempt++) {
    const { subject, site, author, receipt } = await find(outer, reply)
    const world = { ...outer, db: databaseOf(outer.env, site.id) }
    const requestHash = await requestHashOf(site, reply)
    if (receipt && receipt.requestHash !== requestHash) throw new Refusal('id_taken', { field: 'id' })
    if (receipt) return { published: await publishedView(world, site, reply), isNew: false }
    requireOpen(site)
    requireAnswerable(subject, site, reply)
    if (await isFull(world, site, true)) throw full(site)
    const approves = reply.approve === true && subject.shownRevision !== subject.revision
    const { id: commentId, threadId, pageUrl, pageTitle, nextSeq, seq, rootSeq } = subject
    const isWritten = await publishAsStaff(world, {
      ...{ id: reply.id, actor: reply.actor, writer: reply.writer, site, author, text, requestHash },
      place: {
        ...{ threadId, pageUrl, pageTitle, seq: nextSeq },
        parent: { id: commentId, seq, rootSeq: rootSeq ?? seq },
      },
      approves: approves ? subject : null,
      condition: answers.asAnswered(subject, approves),
    })
    if (isWritten) return { published: await publishedView(world, site, reply), isNew: true }
  }
  throw new Refusal('unavailable')
}

/** What is answered, on which site, who they are there, and what was stored under the answer's id before. */
async function find({ env }: World, { commentId, id, writer }: Reply) {
  const found = await Promise.all(
    everyDatabase(env).map(async (db) => {
      const [subject, site, author, receipt] = await Promise.all([
        answers.answered(db, commentId),
        sites.ofComment(db, commentId),
        staffAuthors.beside(db, commentId, writer.id),
        receiptOf(db, id),
      ])
      return subject && site && { subject, site, author, receipt }
    }),
  )
  const known = found.find((each) => each !== null)
  if (!known) throw new Refusal('not_found')
  return known
}

function requireAnswerable(subject: answers.Answered, site: Site, { body, approve, revision }: Reply): void {
  requireLength(site, body)
  if (approve && revision === undefined)
    throw new Refusal('missing', {
      field: 'revision',
      message: 'Say which revision you read: no other one is approved.',
    })
  const more = { present: presentOf(subject) }
  if (revision !== undefined && revision !== subject.revision) throw new Refusal('conflict', { more })
  if (!approve && subject.shownRevision === null)
    throw new Refusal('conflict', {
      message: 'Readers don’t see this comment. Approve it first, or together with the answer.',
      more,
    })
}

/** An answer as it stands, with the decisions that published it and what it answers. */
async function publishedView(world: World, site: Site, reply: Reply): Promise<Published> {
  const [row, subject, answered] = await Promise.all([
    comments.own(world.db, site.id, reply.id, staffAuthors.staffKey(reply.writer.id)),
    subjects.byId(world.db, reply.id),
    subjects.byId(world.db, reply.commentId),
  ])
  if (!row) throw new Refusal('not_found')
  const approval = answered?.decidedBy === reply.actor.id ? answered.decision : null
  const isTogether = approval !== null && Date.parse(approval.at) === row.createdAt
  return {
    comment: ownView(row, site, world),
    decisionId: subject?.decision?.id ?? null,
    approvalId: isTogether ? approval.id : null,
  }
}

/** Tells what is being said, to what, and by whom. */
const requestHashOf = (site: Site, { id, commentId, writer, body }: Reply) =>
  fingerprint(JSON.stringify([site.id, id, commentId, writer.id, body]))
