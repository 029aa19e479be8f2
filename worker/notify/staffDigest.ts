import { languageOf } from '../../widget/common/i18n.ts'
import { decisionLinkDays, decisionPath } from '../access/decisionLink.ts'
import type { QueueItem } from '../contract/queue.ts'
import { fingerprint } from '../crypto.ts'
import type { Env } from '../env.ts'
import type { DigestItem } from '../letters/kinds/staffDigest.ts'
import { letterOf } from '../letters/letters.ts'
import { instanceAddress } from '../mail/instanceAddress.ts'
import { AddressRefused, MailRefused, sendMail } from '../mail/mailer.ts'
import { staffNews } from '../queries/staffNews.ts'
import { mainDatabase } from '../store/database.ts'
import * as sites from '../store/sites.ts'
import * as toldStaff from '../store/toldStaff.ts'
import { type StaffWords, staffWords } from '../words/staffWords.ts'
import type { Destination } from './destination.ts'
import { putOff } from './whenTold.ts'

const day = 86_400_000

/**
 * Tells one person of what began to wait on a site since they were told last. What they may do and want is asked at its
 * turn, and what was decided meanwhile is left out: where nothing is left, nothing is sent.
 */
export const staffDigest: Destination = {
  kind: 'staff_digest',

  async deliver({ env, db }, { siteId, to }) {
    const now = Date.now()
    const [person, site] = await Promise.all([
      toldStaff.find(mainDatabase(env), siteId, to?.id ?? ''),
      sites.find(db, siteId),
    ])
    if (!person || !site) return
    const { staffId, choice, quiet, timeZone, toldAt, known } = person
    const nextAt = putOff({ ...choice, quiet, timeZone }, { now, toldAt })
    if (nextAt !== null) return { again: { nextAt, details: {} } }
    const news = await staffNews({ db }, site, { known, ...choice })
    if (news.items.length === 0) return
    const { items, more, counts } = news
    const address = await instanceAddress(env)
    const words = staffWords(person.locale ?? languageOf(site.locale).language)
    const link = linksOf(env, { address, staffId, expiresAt: now + decisionLinkDays * day })
    const send = (about: { items: DigestItem[]; more: number }, id: string) =>
      sendMail(env, {
        ...letterOf(
          'staffDigest',
          {
            ...{ ...about, counts },
            queueUrl: `${address}/dashboard?site=${encodeURIComponent(siteId)}`,
            choicesUrl: `${address}/dashboard?page=account`,
          },
          { locale: words.language, timeZone },
          site,
        ),
        ...{ id, references: [thread], to: person.address, fromName: site.name, locale: words.language },
        staff: true,
      })
    const thread = `waiting.${siteId}.${staffId}`
    // A repeat is the same mail while it tells of the same; what tells of more is another, or it would be taken for sent.
    const fresh = news.known.filter((mark) => !known.includes(mark))
    const id = `${thread}.${(toldAt ?? 0).toString(36)}.${await fingerprint(fresh.join(' '))}`
    const shown = await Promise.all(
      items.map(async (item) => ({ ...told(item, words), decideUrl: await link(item) })),
    )
    const answer = await send({ items: shown, more }, id).catch((error) => {
      if (!(error instanceof MailRefused) || error instanceof AddressRefused) throw error
      // Often spam is what waits: where a server does not take its words, it takes how much waits.
      return send({ items: [], more: 0 }, `${id}.bare`)
    })
    // Where the end of this delivery is not written after it, there is nothing left to tell at the next turn.
    await toldStaff.note(mainDatabase(env), { siteId, staffId, at: now, known: news.known })
    return { answer }
  },
}

/** What a letter tells of a comment, in somebody's words. */
function told(item: QueueItem, { desk, say, finding }: StaffWords): Omit<DigestItem, 'decideUrl'> {
  const { author, thread, body, findings, flags, appeal, appealed } = item
  const reasons = Object.entries(flags?.reasons ?? {}).map(([reason, count]) =>
    say(desk.told.reason, { reason: desk.told.reasons[reason as keyof typeof desk.told.reasons], count }),
  )
  return {
    ...{ author: author.name, page: thread.title || thread.key, excerpt: body },
    findings: [
      ...(reasons.length > 0 ? [say(desk.told.chip, { reasons: reasons.join(desk.comma) })] : []),
      ...findings.toSorted((one, other) => other.weight - one.weight).map(finding),
    ],
    ...(appealed?.state === 'open' && { appeal: appeal ?? '' }),
  }
}

const linksOf =
  (env: Env, { address, ...link }: { address: string; staffId: string; expiresAt: number }) =>
  async ({ id, revision }: QueueItem) =>
    address + (await decisionPath(env, { ...link, commentId: id, revision }))
