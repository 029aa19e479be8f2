import { isPerson, undoWindowMs } from '../contract/decisions.ts'
import { maskedAddress } from '../contract/mailAddress.ts'
import { subscriberId } from '../mail/subscribers.ts'
import { tellsReaders } from '../mail/tellsReaders.ts'
import type { Delivered } from '../store/delivery.ts'
import * as followers from '../store/followers.ts'
import { addNews, newsKeptMs } from '../store/readerNews.ts'
import * as sites from '../store/sites.ts'
import type { Destination } from './destination.ts'
import { answersRow } from './readerAnswers.ts'
import { fateRow } from './readerFate.ts'

/** Followers that are looked up at a time. */
const slice = 100

/**
 * Finds which readers a decision concerns: its author, who may want to know; and where a comment is published, who
 * follows what it belongs to. For each it makes a row of its own, whose mail gathers what else comes for a while.
 */
export const readerDecisions: Destination = {
  kind: 'reader_decisions',

  wants(event) {
    if (!('decisionId' in event) || event.from === event.to || !/^(approved|rejected)$/.test(event.to))
      return null
    return {
      subject: `${event.commentId}.${event.decisionId}`,
      notBefore: event.at + (isPerson(event.actor.kind) ? undoWindowMs : 0),
    }
  },

  where: {
    text: followers.isFollowed({ id: 'substr(x.subject, 1, 36)', siteId: 'x.siteId' }),
    values: [],
  },

  async deliver({ env, db, now }, { siteId, subject, details }): Promise<Delivered> {
    const [comment, site] = await Promise.all([
      followers.commentNews(db, subject.slice(0, 36)),
      sites.find(db, siteId),
    ])
    if (!comment || !site || !tellsReaders(env, site)) return {}
    // What took the place of this one may have no row of its own, as an edit or a decision that keeps what is.
    const ripeAt = (comment.decidedAt ?? 0) + (isPerson(comment.decidedBy) ? undoWindowMs : 0)
    if (ripeAt > now) return { again: { nextAt: ripeAt, details } }
    const isFirst = details.after === undefined
    const fates = isFirst ? await followers.toldOfFate(db, comment.seq) : []
    const next = fates.map(({ id, address }) =>
      fateRow({ id, shown: maskedAddress(address) }, comment.id, now),
    )
    if (comment.status !== 'approved' || comment.shownRevision === null) return { next }
    // Whoever followed it then was told, and it is not known any more whom that was.
    if (now - (comment.publishedAt ?? now) >= newsKeptMs) return { next }
    const own = comment.email === null ? '' : await subscriberId(env, siteId, comment.email)
    const after = String(details.after ?? '')
    const found = await followers.followers(db, comment, { own, after, limit: slice })
    const others = found.filter((follower) => follower.own === 0)
    const rows = others.map(({ id, address }) =>
      answersRow({ id, shown: maskedAddress(address) }, comment.threadId, now),
    )
    const last = found.at(-1)
    return {
      next: [...next, ...rows],
      ...(others.length > 0 && { also: [addNews(db, comment, others)] }),
      ...(found.length === slice && last && { again: { nextAt: now, details: { after: last.id } } }),
    }
  },
}
