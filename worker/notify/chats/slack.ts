import * as v from 'valibot'
import { serviceAddress } from '../../outside/exchange.ts'
import type { Chat } from './chat.ts'
import { say } from './say.ts'

const config = v.strictObject({
  /** As Slack gives it, or Mattermost and others that take the same. */
  url: serviceAddress,
})

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const plain = (text: string) => ({ type: 'section', text: { type: 'plain_text', text, emoji: false } })

/**
 * Slack's incoming webhooks: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks. What readers
 * wrote goes as `plain_text`, in which Slack sees no markup, link or mention. The link is none of Slack's buttons: also
 * one that opens a link tells the app of each press, and Slack warns where the app does not answer.
 */
export const slack: Chat<v.InferOutput<typeof config>> = {
  config,
  target: ({ url }) => new URL(url).host,

  send(reach, { url }, { title, paragraphs, link }) {
    const blocks = [
      plain(title),
      ...paragraphs.map(plain),
      ...(link
        ? [{ type: 'section', text: { type: 'mrkdwn', text: `<${link.url}|${escaped(link.label)}>` } }]
        : []),
    ]
    return say(reach, url, {
      body: { text: escaped(title), blocks, unfurl_links: false, unfurl_media: false },
    })
  },
}
