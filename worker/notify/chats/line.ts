import * as v from 'valibot'
import { accessKey, serviceAddress } from '../../outside/exchange.ts'
import type { Chat } from './chat.ts'
import { say } from './say.ts'

const config = v.strictObject({
  /** The channel's access token. */
  token: accessKey,
  /** A user, group or room by its id. */
  to: v.pipe(v.string(), v.regex(/^[UCR][0-9a-f]{32}$/, 'invalid')),
  url: v.optional(serviceAddress, 'https://api.line.me'),
})

/** A UUID that stands for a text: LINE takes a message with the same one once. */
async function retryKey(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  const hex = Array.from(bytes.slice(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5')
}

/** LINE's Messaging API: https://developers.line.biz/en/reference/messaging-api/#send-push-message. */
export const line: Chat<v.InferOutput<typeof config>> = {
  config,
  target: ({ to }) => to,

  async send(reach, { token, to, url }, { title, paragraphs, link, id }) {
    const text = [title, ...paragraphs, ...(link ? [`${link.label}\n${link.url}`] : [])].join('\n\n')
    const headers = { authorization: `Bearer ${token}`, 'x-line-retry-key': await retryKey(id) }
    const body = { to, messages: [{ type: 'text', text }] }
    // It had this one already.
    const isKnown = (status: number) => status === 409
    return say(reach, `${url.replace(/\/+$/, '')}/v2/bot/message/push`, { headers, body }, isKnown)
  },
}
