import { languageOf } from '../../widget/common/i18n.ts'
import { locales } from '../../widget/common/locales.ts'
import { isPerson, undoWindowMs } from '../contract/decisions.ts'
import { reasonText } from '../queries/reasonText.ts'
import { type Fate, fateFor, noteTold } from '../store/followers.ts'
import type { Destination } from './destination.ts'
import { addressOf, excerptOf, mailReader, pageTitleOf, type Reader, readerOf } from './readerMail.ts'

/** What screening publishes sooner is no news to its author. In milliseconds. */
const noticedMs = 60_000

/** Tells a reader that their comment was published or refused, once the decision stands. Its rows come from `readerDecisions`. */
export const readerFate: Destination = {
  kind: 'reader_fate',

  async deliver(world, { siteId, details, to }) {
    const { env, db, now } = world
    const reader = to && (await readerOf(world, { siteId, id: to.id }))
    const fate = reader && (await fateFor(db, String(details.commentId), to.id))
    if (!fate || !isNews(fate)) return
    const ripeAt = (fate.decidedAt ?? 0) + (isPerson(fate.decidedBy) ? undoWindowMs : 0)
    if (ripeAt > now) return { again: { nextAt: ripeAt, details } }
    const { site } = reader
    const place = { pageTitle: pageTitleOf(site, fate), excerpt: excerptOf(fate.content) }
    const url = await addressOf(env, site, fate)
    const id = `fate.${fate.fateId}.${to.id}`
    const answer =
      fate.status === 'approved'
        ? await mailReader(world, reader, {
            ...{ id, name: 'commentApproved', facts: { ...place, commentUrl: url } },
          })
        : await mailReader(world, reader, {
            ...{ id, name: 'commentRefused' },
            facts: {
              ...place,
              reason: reasonFor(reader, fate),
              appealUrl: fate.appeal === null ? url : null,
            },
          })
    return { answer, also: [noteTold(db, to.id, fate.seq, toldOf(fate))] }
  },
}

/** A row for somebody to be told what became of their comment. */
export const fateRow = (to: { id: string; shown: string }, commentId: string, notBefore: number) => ({
  destination: 'reader_fate',
  subject: `${commentId}.${to.id}`,
  ...{ notBefore, details: { commentId }, to },
})

/** What is told of a comment: the same is not told twice. */
const toldOf = ({ status, appealState }: Fate) => (appealState ? `${status} ${appealState}` : status)

function isNews(fate: Fate): boolean {
  const { status, shownRevision, told, fatedBy, fatedAt, writtenAt } = fate
  if (toldOf(fate) === told) return false
  if (status === 'rejected') return true
  if (status !== 'approved' || shownRevision === null || fatedAt === null) return false
  // Who was refused first, and is published after another look, is told that; but not of each text they change.
  if (told?.startsWith('approved')) return false
  return told !== null || fatedBy !== 'screening' || fatedAt - writtenAt >= noticedMs
}

/** Why a comment was refused, in the reader's language. */
function reasonFor({ site, subscriber }: Reader, fate: Fate): string | null {
  const { language } = languageOf(subscriber.locale)
  const reason = reasonText(fate, [subscriber.locale, site.locale])
  return reason && ((locales[language].reasons[reason] as string | undefined) ?? reason)
}
