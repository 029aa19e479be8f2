import type { TestResult } from '../contract/endpoints.ts'
import { Refusal } from '../http/refusal.ts'
import { testMessage } from '../notify/chatMessage.ts'
import { sendToChat, sendToWebhook } from '../notify/endpointSending.ts'
import { Unavailable } from '../outside/exchange.ts'
import * as sites from '../store/sites.ts'
import { endpointOf } from './endpointView.ts'
import type { World } from './world.ts'

/** Sends a test message to a webhook or a chat. @returns what was answered @throws Refusal `not_found` */
export async function testEndpoint(world: World, { id }: { id: string }): Promise<TestResult> {
  const endpoint = await endpointOf(world, id)
  const site = await sites.find(world.db, endpoint.siteId)
  if (!site) throw new Refusal('not_found')
  const message = `msg_${crypto.randomUUID()}`
  const timestamp = new Date(world.now).toISOString()
  const content = { type: 'test', timestamp, data: { site: { id: site.id, name: site.name } } }
  try {
    const answer = await (endpoint.kind === 'webhook'
      ? sendToWebhook(world, endpoint, { id: message, content })
      : sendToChat(world, endpoint, testMessage(site, { id: message })))
    return { delivered: true, answer }
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    return { delivered: false, answer: error.message }
  }
}
