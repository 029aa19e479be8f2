import type { Happened } from './happened.ts'

/** Chats that a site can have told. */
export const chatKinds = ['slack', 'discord', 'telegram', 'line', 'matrix'] as const
export type ChatKind = (typeof chatKinds)[number]

export const endpointKinds = ['webhook', ...chatKinds] as const
export type EndpointKind = (typeof endpointKinds)[number]

/** Whether a service says by its ids that a chat is with one person: a user of Telegram, or of LINE. */
export const isPrivateChat = (kind: EndpointKind, target: string): boolean =>
  (kind === 'telegram' && /^\d+$/.test(target)) || (kind === 'line' && target.startsWith('U'))

/** What owners did to a webhook or a chat of a site. */
export interface EndpointEvent extends Happened {
  act: 'webhook.add' | 'webhook.change' | 'webhook.remove' | 'webhook.secret'
  siteId: string
  id: string
  name: string
}
