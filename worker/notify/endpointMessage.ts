import { decidesOn, decisionLinkDays, decisionPath } from '../access/decisionLink.ts'
import type { World } from '../commands/world.ts'
import { isWithdrawal, type ToldType } from '../contract/told.ts'
import { fingerprint } from '../crypto.ts'
import { instanceAddress } from '../mail/instanceAddress.ts'
import { Refused } from '../outside/exchange.ts'
import * as chatPace from '../store/chatPace.ts'
import { mainDatabase } from '../store/database.ts'
import type { Delivered } from '../store/delivery.ts'
import * as endpoints from '../store/endpoints.ts'
import * as staff from '../store/staff.ts'
import { type ToldComment, toldComment } from '../store/toldComments.ts'
import { commentMessage } from './chatMessage.ts'
import type { Destination } from './destination.ts'
import { noting, sendToChat, sendToWebhook } from './endpointSending.ts'
import { endpointSummary } from './endpointSummary.ts'
import { payload, stands, withdrawal } from './told.ts'

/** Messages that a chat is sent in a minute, at most; what comes beyond is told of in one message. */
export const mostInMinute = 6

const minute = 60_000
const day = 86_400_000

/** Tells a webhook or a chat of one thing that happened, as it is by now. */
export const endpointMessage: Destination = {
  kind: 'endpoint_message',

  async deliver(world, delivery) {
    const { siteId, details, to, at } = delivery
    const commentId = String(details.commentId)
    const isGone = isWithdrawal(delivery)
    const [endpoint, comment] = await Promise.all([
      endpoints.find(world.db, to?.id ?? ''),
      isGone
        ? null
        : toldComment(world.db, siteId, {
            ...{ commentId, decisionId: (details.decisionId as string | undefined) ?? null },
          }),
    ])
    const type = details.type as ToldType
    if (!endpoint || !(isGone || (comment && stands(type, details, comment)))) return
    if (endpoint.paused || endpoint.disabledAt !== null) throw new Refused('paused')
    const id = `msg_${await fingerprint(`${siteId} ${delivery.subject} ${at}`)}`
    if (endpoint.kind !== 'webhook') return comment ? tellChat(world, endpoint, { type, comment, id }) : {}
    const content = comment ? payload(type, comment, at) : withdrawal(siteId, commentId, at)
    return noting(world, endpoint, () => sendToWebhook(world, endpoint, { id, content }))
  },
}

async function tellChat(
  world: World,
  endpoint: endpoints.StoredEndpoint,
  { type, comment, id }: { type: ToldType; comment: ToldComment; id: string },
): Promise<Delivered> {
  const { db, env } = world
  const now = Math.floor(Date.now() / minute)
  if (await chatPace.countMessage(db, endpoint.id, { minute: now, most: mostInMinute })) {
    const address = await instanceAddress(env)
    const path = await decisionPathOf(world, endpoint, comment)
    const message = commentMessage(type, comment, { address, decideUrl: path && address + path, id })
    return noting(world, endpoint, () => sendToChat(world, endpoint, message))
  }
  const summary = {
    ...{ destination: endpointSummary.kind, subject: endpoint.id, notBefore: (now + 1) * minute },
    ...{ keepEarliest: true, to: { id: endpoint.id, shown: endpoint.name } },
  }
  return { next: [summary], also: [chatPace.gathering(db, endpoint.id, 1)] }
}

/** Where the one who reads a private chat decides; null for any other chat, and where they decide no more on that site. */
async function decisionPathOf(
  { env }: World,
  { staffId, siteId }: endpoints.StoredEndpoint,
  { id: commentId, revision }: ToldComment,
): Promise<string | null> {
  const person = staffId && (await staff.find(mainDatabase(env), { column: 'id', value: staffId }))
  if (!person || !decidesOn(person, siteId)) return null
  const expiresAt = Date.now() + decisionLinkDays * day
  return decisionPath(env, { staffId: person.id, commentId, revision, expiresAt })
}
