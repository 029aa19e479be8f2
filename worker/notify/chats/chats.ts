import type { ChatKind } from '../../contract/endpointKinds.ts'
import type { Chat } from './chat.ts'
import { discord } from './discord.ts'
import { line } from './line.ts'
import { matrix } from './matrix.ts'
import { slack } from './slack.ts'
import { telegram } from './telegram.ts'

/** Every service in which a site can have a room told. */
export const chats: Record<ChatKind, Chat> = { slack, discord, telegram, line, matrix }
