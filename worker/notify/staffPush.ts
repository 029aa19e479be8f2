import { languageOf } from '../../widget/common/i18n.ts'
import type { Language } from '../contract/languages.ts'
import { newsInBrief } from '../queries/staffNews.ts'
import { mainDatabase } from '../store/database.ts'
import * as sites from '../store/sites.ts'
import * as toldStaff from '../store/toldStaff.ts'
import { staffWords } from '../words/staffWords.ts'
import type { Destination } from './destination.ts'
import { type Notice, pushTo } from './webPush.ts'
import { putOff } from './whenTold.ts'

/**
 * Tells one device how many comments wait on a site, where some began to since it was told last. As with mail, what its
 * person may do and wants is asked at its turn.
 */
export const staffPush: Destination = {
  kind: 'staff_push',

  async deliver({ env, db }, { siteId, details }) {
    const now = Date.now()
    const [device, site] = await Promise.all([
      toldStaff.findDevice(mainDatabase(env), siteId, String(details.device)),
      sites.find(db, siteId),
    ])
    if (!device || !site) return
    const { id, choice, quiet, timeZone, toldAt, known, locale } = device
    const nextAt = putOff({ ...choice, quiet, timeZone }, { now, toldAt })
    if (nextAt !== null) return { again: { nextAt, details } }
    const news = await newsInBrief({ db }, { siteId, known, ...choice })
    if (news.fresh.length === 0) return
    const { held, flagged, appeals } = news.counts
    const { tag, message, say } = staffWords(locale ?? languageOf(site.locale).language)
    const answer = await pushTo(env, device, {
      title: say(message.push.waiting, { count: held + flagged + appeals, site: site.name }),
      lang: tag,
      tag: `waiting ${siteId}`,
      url: `dashboard?site=${encodeURIComponent(siteId)}`,
    })
    if (answer === null) return
    await toldStaff.noteDevice(mainDatabase(env), { siteId, id, at: now, known: news.known })
    return { answer }
  },
}

/** What a device shows that is tried. */
export function testNotice(language: Language): Notice {
  const { tag, message } = staffWords(language)
  return { title: message.push.test, lang: tag, tag: 'test', url: 'dashboard?page=account' }
}
