import * as v from 'valibot'
import { serviceAddress } from '../../outside/exchange.ts'
import type { Chat } from './chat.ts'
import { isButton, say } from './say.ts'

const config = v.strictObject({ url: serviceAddress })

/** SUPPRESS_EMBEDS: no preview of what is linked. */
const withoutPreviews = 4

/** A row with the one button, which opens a link: types and style by their numbers. */
const rowOf = ({ label, url }: { label: string; url: string }) => ({
  type: 1,
  components: [{ type: 2, style: 5, label, url }],
})

const block = (text: string) => `\`\`\`\n${text.replaceAll('`', 'ˋ')}\n\`\`\``

/**
 * Discord's webhooks: https://docs.discord.com/developers/resources/webhook#execute-webhook. What readers wrote stands in
 * a block of code, in which there is no markup and no link. Nobody is notified by a mention. The link is a button where
 * it can be one: of webhooks Discord takes those that open a link, where they are asked for by `with_components`.
 */
export const discord: Chat<v.InferOutput<typeof config>> = {
  config,
  target: ({ url }) => new URL(url).host,

  send(reach, { url }, { title, paragraphs, link }) {
    const text = [title, ...paragraphs].join('\n\n')
    const button = link && isButton(link) ? link : null
    const content = block(text) + (link && !button ? `[${link.label}](<${link.url}>)` : '')
    const to = new URL(url)
    if (button) to.searchParams.set('with_components', 'true')
    const body = { content, allowed_mentions: { parse: [] }, flags: withoutPreviews }
    return say(reach, to.href, { body: { ...body, ...(button && { components: [rowOf(button)] }) } })
  },
}
