import type { Site } from '../contract/site.ts'
import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import { transition } from '../moderation/transition.ts'
import { deliveries } from '../notify/destinations.ts'
import * as answers from '../store/answers.ts'
import type { Condition } from '../store/database.ts'
import type { Actor, Subject } from '../store/decidedComments.ts'
import * as staffAuthors from '../store/staffAuthors.ts'
import { staffBadge } from './staffBadge.ts'
import type { StoredText } from './text.ts'
import type { World } from './world.ts'

/** How often somebody else may be faster: each comment that is stored meanwhile takes the number of this one. */
export const tries = 5

/** Refuses what is longer than a site's comments may be. @throws Refusal `too_long` */
export function requireLength({ settings: { bodyLimit } }: Site, body: string): void {
  if ([...body].length > bodyLimit) throw new Refusal('too_long', { field: 'body', limit: bodyLimit })
}

/** Refuses to write on a site that is archived. @throws Refusal `thread_closed` */
export function requireOpen({ archivedAt }: Site): void {
  if (archivedAt === null) return
  const message = 'This site is archived and takes no more comments. An owner can bring it back.'
  throw new Refusal('thread_closed', { message })
}

/** A member of staff by their account; a script that nobody made by its token. */
export interface Writer {
  id: string
  name: string
}

/** What a member of staff writes. */
export interface StaffWriting {
  id: string
  /** Under whose name; `actor` is who decides that it is published: a script may write for who made its token. */
  writer: Writer
  actor: Actor
  site: Site
  /** Who they are on the site; null where they never wrote there. */
  author: staffAuthors.StaffAuthor | null
  place: Omit<answers.NewAnswer['place'], 'siteId'>
  text: StoredText
  requestHash: string
  /** A waiting comment that is approved with it. */
  approves: Subject | null
  /** What must hold, or nothing is written. */
  condition: Condition
}

/**
 * Publishes what a member of staff writes, under their name and with the badge of the site's staff. It takes a round trip
 * to the database, and two more before somebody's first words on a site.
 *
 * @returns whether it is written; not where somebody else was faster
 */
export async function publishAsStaff(world: World, writing: StaffWriting): Promise<boolean> {
  const { db, now: at } = world
  const { actor, writer, site, approves, place } = writing
  const deciding = (state: Subject | { status: 'deleted'; revision: 1; shownRevision: null }) => ({
    ...{ id: crypto.randomUUID(), action: 'approve' as const, actor, reason: null, at, deliveries },
    outcome: transition(state, 'approve'),
  })
  const answer: answers.NewAnswer = {
    ...{ id: writing.id, staffId: writer.id, name: writer.name, text: writing.text },
    author: writing.author ?? (await appear(world, site, writer)),
    place: { ...place, siteId: site.id },
    requestHash: writing.requestHash,
    publishing: { ...deciding({ status: 'deleted', revision: 1, shownRevision: null }), publishes: 'answer' },
  }
  const done = await answers.publish(db, answer, {
    other: approves && { subject: approves, decision: deciding(approves) },
    condition: writing.condition,
  })
  if (done) publish(world, done.other ? [done.event, done.other] : [done.event])
  return done !== null
}

const appear = ({ db, now }: World, site: Site, writer: Writer) =>
  staffAuthors.ensure(db, {
    ...{ siteId: site.id, staffId: writer.id, badge: staffBadge(site), now },
    publicId: crypto.randomUUID().slice(0, 13).replace('-', ''),
  })
