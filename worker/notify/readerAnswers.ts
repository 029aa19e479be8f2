import { undoWindowMs } from '../contract/decisions.ts'
import { AddressRefused, MailRefused } from '../mail/mailer.ts'
import { threadOf } from '../store/followers.ts'
import { ended, gather, giveUp, inMail, wordsOf } from '../store/readerNews.ts'
import type { Destination } from './destination.ts'
import { addressOf, excerptOf, mailReader, pageTitleOf, readerOf } from './readerMail.ts'

/** Comments that a mail has the text of. */
const most = 20

/**
 * Tells a reader what is new in a thread: all that came since the last mail and that readers still see. Its rows come from
 * `readerDecisions`. What is in a mail is noted before it is sent, so that a repeat is the same mail.
 */
export const readerAnswers: Destination = {
  kind: 'reader_answers',

  async deliver(world, { siteId, details, to }) {
    const { env, db, now } = world
    const reader = to && (await readerOf(world, { siteId, id: to.id }))
    if (!reader) return
    const told = { subscriberId: to.id, threadId: Number(details.threadId) }
    const gathered = await gather(db, told, `news.${to.id}.${told.threadId}.${now.toString(36)}`)
    if (!gathered) return
    const { mail, more } = gathered
    const [items, thread] = await Promise.all([inMail(db, told, mail), threadOf(db, told.threadId)])
    const shown = items.filter((item) => item.shown === 1)
    const again = more ? { again: { nextAt: now, details } } : {}
    const end = { also: ended(db, told, { mail, items, at: now }), ...again }
    if (!thread || shown.length === 0) return end
    const { site } = reader
    const words = await wordsOf(db, shown.slice(0, most))
    const sending = mailReader(world, reader, {
      id: mail,
      name: shown.some(({ kind }) => kind === 'replies') ? 'newReplies' : 'threadAnswers',
      facts: {
        pageTitle: pageTitleOf(site, thread),
        items: await Promise.all(
          words.map(async ({ id, name, content }) => ({
            ...{ author: name, excerpt: excerptOf(content) },
            url: await addressOf(env, site, { ...thread, id }),
          })),
        ),
        ...(shown.length > most && { more: shown.length - most }),
      },
      // No mail has this id: it is what those of a thread have in common.
      references: [`thread.${told.threadId}.${to.id}`],
    })
    try {
      return { answer: await sending, ...end }
    } catch (error) {
      if (!(error instanceof MailRefused) || error instanceof AddressRefused) throw error
      await giveUp(db, told, { mail, items, at: now })
      if (more) return again
      throw error
    }
  },
}

/** A row for somebody to be told what is new in a thread: it gathers what comes till then. */
export const answersRow = (to: { id: string; shown: string }, threadId: number, now: number) => ({
  destination: 'reader_answers',
  subject: `${to.id}.${threadId}`,
  ...{ notBefore: now + undoWindowMs, keepEarliest: true, details: { threadId }, to },
})
