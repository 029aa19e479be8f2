import * as v from 'valibot'
import type { World } from '../commands/world.ts'
import type { ChatKind } from '../contract/endpointKinds.ts'
import { unlessLate } from '../outside/breaker.ts'
import { exchange, Refused, refused, serviceAddress, Unavailable } from '../outside/exchange.ts'
import { signedHeaders } from '../outside/signedWebhook.ts'
import type { Delivered } from '../store/delivery.ts'
import * as endpoints from '../store/endpoints.ts'
import type { ChatMessage } from './chats/chat.ts'
import { chats } from './chats/chats.ts'
import { patientMs } from './chats/say.ts'

/** What a site's owner has to say to have a webhook told. */
export const webhookConfig = v.strictObject({ url: serviceAddress })

/** How long an endpoint may do nothing but fail, in milliseconds, before it is disabled. */
export const failingMs = 5 * 86_400_000

/**
 * Sends something to a chat.
 *
 * @returns what was answered
 * @throws Unavailable, or Refused where to send it again is no use
 */
export function sendToChat(
  { env }: Pick<World, 'env'>,
  { id, kind, config }: endpoints.StoredEndpoint,
  message: ChatMessage,
): Promise<string> {
  return unlessLate(id, () => chats[kind as ChatKind].send(env, config, message))
}

/**
 * Sends something to a webhook, signed. Whatever is wrong with a program may be mended, so it is sent again, but where
 * the program says that it is gone.
 *
 * @returns what was answered
 * @throws Unavailable, or Refused
 */
export function sendToWebhook(
  { env }: Pick<World, 'env'>,
  endpoint: endpoints.StoredEndpoint,
  { id, content }: { id: string; content: unknown },
): Promise<string> {
  const now = Date.now()
  const { url } = endpoint.config as { url: string }
  const former = (endpoint.formerUntil ?? 0) > now ? [endpoint.formerSecret ?? ''] : []
  const body = JSON.stringify(content)
  return unlessLate(endpoint.id, async () => {
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Hankyo/1.0',
      ...(await signedHeaders([endpoint.secret ?? '', ...former], { id, body, now })),
    }
    const ask = { method: 'POST' as const, headers, body, patience: patientMs, reads: () => false }
    const { status, headers: answered } = await exchange(env, url, ask, () => true)
    if (status >= 200 && status < 300) return `answered ${status}`
    const failure = refused(status, answered.get('retry-after'))
    throw status === gone ? failure : new Unavailable(failure.message, failure.notBefore)
  })
}

/** What a program answers that wants to be told no more: https://www.standardwebhooks.com. */
const gone = 410

/**
 * Sends something, and notes whether the endpoint works. One that says that it is gone is disabled at once.
 *
 * @throws what the sending threw
 */
export async function noting(
  { db }: Pick<World, 'db'>,
  { id, failingSince }: endpoints.StoredEndpoint,
  send: () => Promise<string>,
): Promise<Delivered> {
  try {
    const answer = await send()
    return { answer, also: failingSince === null ? [] : [endpoints.working(db, id)] }
  } catch (error) {
    const failure = error instanceof Unavailable ? error.message : 'failed'
    const at = Date.now()
    const isGone = error instanceof Refused && failure === `answered ${gone}`
    await endpoints.noteFailure(db, id, { failure, at, since: at - failingMs, isGone })
    throw error
  }
}
