import type * as v from 'valibot'
import type { Reach } from '../../outside/exchange.ts'

/** A message to a chat: plain text, whose links and mentions are none. */
export interface ChatMessage {
  /** What it is about, one line. */
  title: string
  /** What readers wrote, and why it waits, a paragraph each. */
  paragraphs: string[]
  /** Where staff goes on; null where the address of this instance is not known. */
  link: { label: string; url: string } | null
  /** Names the message: the same each time that it is sent. */
  id: string
}

/** A service in which a site has a room told. */
export interface Chat<Config = unknown> {
  /** What a site's owner has to say to have it told. */
  config: v.GenericSchema<unknown, Config>
  /** Which room it is, without secrets. */
  target(config: Config): string
  /**
   * @returns what it answered, in a few words
   * @throws Unavailable, or Refused where to send it again is no use
   */
  send(reach: Reach, config: Config, message: ChatMessage): Promise<string>
}
