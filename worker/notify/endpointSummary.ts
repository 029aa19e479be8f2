import { fingerprint } from '../crypto.ts'
import { instanceAddress } from '../mail/instanceAddress.ts'
import { Refused } from '../outside/exchange.ts'
import * as chatPace from '../store/chatPace.ts'
import * as endpoints from '../store/endpoints.ts'
import { find } from '../store/sites.ts'
import { summaryMessage } from './chatMessage.ts'
import type { Destination } from './destination.ts'
import { noting, sendToChat } from './endpointSending.ts'

/** Tells a chat in one message how much more waits than it was told of one by one. */
export const endpointSummary: Destination = {
  kind: 'endpoint_summary',

  async deliver(world, { siteId, subject, at }) {
    const { db, env } = world
    const [endpoint, count, site] = await Promise.all([
      endpoints.find(db, subject),
      chatPace.gathered(db, subject),
      find(db, siteId),
    ])
    if (!endpoint || !site || count === 0) return
    if (endpoint.paused || endpoint.disabledAt !== null) throw new Refused('paused')
    const id = `msg_${await fingerprint(`${siteId} ${subject} ${at}`)}`
    const message = summaryMessage(site, count, { address: await instanceAddress(env), id })
    const { also = [], ...sent } = await noting(world, endpoint, () => sendToChat(world, endpoint, message))
    return { ...sent, also: [...also, chatPace.gathering(db, subject, -count)] }
  },
}
