import * as v from 'valibot'
import { serviceAddress } from '../../outside/exchange.ts'
import type { Chat } from './chat.ts'
import { say } from './say.ts'

const config = v.strictObject({ url: serviceAddress })

/** SUPPRESS_EMBEDS: no preview of what is linked. */
const withoutPreviews = 4

const block = (text: string) => `\`\`\`\n${text.replaceAll('`', 'ˋ')}\n\`\`\``

/**
 * Discord's webhooks: https://docs.discord.com/developers/resources/webhook#execute-webhook. What readers wrote stands in
 * a block of code, in which there is no markup and no link. Nobody is notified by a mention.
 */
export const discord: Chat<v.InferOutput<typeof config>> = {
  config,
  target: ({ url }) => new URL(url).host,

  send(reach, { url }, { title, paragraphs, link }) {
    const text = [title, ...paragraphs].join('\n\n')
    const content = block(text) + (link ? `[${link.label}](<${link.url}>)` : '')
    return say(reach, url, { body: { content, allowed_mentions: { parse: [] }, flags: withoutPreviews } })
  },
}
