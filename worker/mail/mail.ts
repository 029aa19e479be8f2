import type { Language } from '../contract/languages.ts'
import { Refused } from '../outside/exchange.ts'

/** One message to one recipient, ready but for its envelope. */
export interface Mail {
  /** What the Message-ID is made of: from event and recipient, so that a repeat is the same mail. `[\w.-]+`, at most 150 characters. */
  id: string
  /** One address, as `contract/mailAddress.ts` has it. */
  to: string
  /** The site's name, shown as sender. The address is configuration. */
  fromName: string
  locale: Language
  subject: string
  text: string
  html: string
  /**
   * Ids of the mails before it in its thread, the oldest first. Where the first is the same for all of a thread, they are
   * shown together, also by services that make Message-IDs of their own; no mail need have it.
   */
  references?: string[]
  /** Address of the page that ends it by one POST: RFC 8058. */
  unsubscribe?: string
  /** Whether it asks somebody if the address is theirs: then it goes also where mail came back before, as that may be over. */
  asks?: boolean
  /** Whether it asks whoever confirmed the address before, and wants it used again: then it goes though they complained. */
  asksAgain?: boolean
  /** The subscriber it is for: where their address takes none, whoever delivers it ends them, with a line that says so. */
  subscriberId?: string
  /** Whether it is for staff: one refusal does not end their address, and is shown to them and to owners. */
  staff?: boolean
}

/** A mail that trying again does not mend. The message says why, in a few words and without an address. */
export class MailRefused extends Refused {}

/** The address takes no mail any more, whatever is sent. */
export class AddressRefused extends MailRefused {}

/** The same of a subscriber, who is still to be ended. */
export class SubscriberRefused extends AddressRefused {}
