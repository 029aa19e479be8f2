import { type EndpointKind, isPrivateChat } from '../contract/endpointKinds.ts'
import { type ToldType, waitingTypes } from '../contract/told.ts'
import { parse } from '../http/input.ts'
import { Refusal } from '../http/refusal.ts'
import { chats } from '../notify/chats/chats.ts'
import { webhookConfig } from '../notify/endpointSending.ts'
import { type Reach, shown } from '../outside/exchange.ts'
import { requireAskable } from '../screeners/requireAskable.ts'

/**
 * What an owner said of a webhook or a chat, and where it is as it may be shown.
 *
 * @throws Refusal that names the field
 */
export function endpointConfig(
  kind: EndpointKind,
  input: unknown,
  reach: Reach,
): { config: unknown; target: string } {
  if (kind === 'webhook') {
    const config = parse(webhookConfig, input)
    requireAskable(config, reach)
    return { config, target: shown(config.url) }
  }
  const chat = chats[kind]
  const config = parse(chat.config, input)
  requireAskable(config as object, reach)
  return { config, target: chat.target(config) }
}

/** Refuses to call a room somebody's own: whoever is in it would decide in their name. @throws Refusal `invalid` */
export function requirePrivate(kind: EndpointKind, target: string): void {
  if (isPrivateChat(kind, target)) return
  throw new Refusal('invalid', {
    field: 'mine',
    message: 'Only the chat of one person is theirs: a user of Telegram, by its number, or of LINE.',
  })
}

/** Refuses what a chat is not told of. @throws Refusal `invalid` */
export function requireTypes(kind: EndpointKind, types: ToldType[]): void {
  const waiting: readonly ToldType[] = waitingTypes
  if (kind === 'webhook' || types.every((type) => waiting.includes(type))) return
  throw new Refusal('invalid', {
    field: 'types',
    message: `A chat is told of what waits for staff alone: ${waiting.join(', ')}.`,
  })
}
