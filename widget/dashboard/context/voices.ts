import type { QueueItem } from '../../../worker/contract/queue.ts'
import type { GivenVoice } from '../../../worker/contract/voices.ts'
import { detailOf } from '../core/connection.ts'
import { failedNotice } from '../core/notices.ts'
import { formatMessage, words } from '../core/words.ts'
import type { Desk } from '../desk.ts'

/** Opens the page of a comment in a tab that lets who sits at the desk write there as themselves. */
export async function writeThere({ connection, acts }: Desk, { site, thread }: QueueItem): Promise<void> {
  // Browsers let a click open a tab, and not what comes after an answer.
  const tab = open('', '_blank')
  try {
    const path = `/v1/sites/${encodeURIComponent(site.id)}/voices`
    const { code } = (await connection.ask<GivenVoice>('POST', path)).data
    const url = new URL(thread.url)
    url.hash = `hankyo-staff=${encodeURIComponent(site.id)}.${code}`
    if (!tab) return location.assign(url)
    tab.opener = null
    tab.location.replace(url)
  } catch (error) {
    tab?.close()
    acts.say(
      failedNotice((told) => formatMessage(words('context').voiceFailed, { error: told }), detailOf(error)),
    )
  }
}
