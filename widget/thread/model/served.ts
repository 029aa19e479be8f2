import type { ThreadPage } from '../../../worker/contract/thread.ts'
import type { Message } from '../../common/i18n.ts'

/** What a thread that came with its page carries for the script to go on with. */
export interface Served {
  /** Key, language and order the element asks for: once it asks for others this is of no use. */
  asked: string
  page: ThreadPage
  words: Record<string, Message>
}
