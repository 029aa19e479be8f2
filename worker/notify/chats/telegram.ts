import * as v from 'valibot'
import { line, visible } from '../../contract/input.ts'
import { serviceAddress } from '../../outside/exchange.ts'
import type { Chat } from './chat.ts'
import { isButton, say } from './say.ts'

const config = v.strictObject({
  /** Of the bot, as BotFather gives it. */
  token: v.pipe(line(100), v.regex(/^\d+:[\w-]+$/, 'invalid')),
  /** The number of a chat, or `@name` of a public channel. */
  chat: v.pipe(line(100), visible, v.regex(/^(-?\d+|@\w+)$/, 'invalid')),
  /** Of one's own Bot API server. */
  url: v.optional(serviceAddress, 'https://api.telegram.org'),
})

/**
 * Telegram's bots: https://core.telegram.org/bots/api#sendmessage. The text goes without a parse mode; what readers wrote is
 * marked as code, in which Telegram makes no links and sees no mentions. The link is a button that opens it: it sends
 * nothing to the bot.
 */
export const telegram: Chat<v.InferOutput<typeof config>> = {
  config,
  target: ({ chat }) => chat,

  send(reach, { token, chat, url }, { title, paragraphs, link }) {
    const quoted = [title, ...paragraphs].join('\n\n')
    const button = link && isButton(link) ? link : null
    const inText = button ? null : link
    const text = inText ? `${quoted}\n\n${inText.label}` : quoted
    const entities = [
      { type: 'pre', offset: 0, length: quoted.length },
      ...(inText
        ? [
            {
              type: 'text_link',
              offset: text.length - inText.label.length,
              length: inText.label.length,
              url: inText.url,
            },
          ]
        : []),
    ]
    const body = {
      ...{ chat_id: chat, text, entities, link_preview_options: { is_disabled: true } },
      ...(button && { reply_markup: { inline_keyboard: [[{ text: button.label, url: button.url }]] } }),
    }
    return say(reach, `${url.replace(/\/+$/, '')}/bot${token}/sendMessage`, { body })
  },
}
