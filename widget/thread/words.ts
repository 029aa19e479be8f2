import type { Own } from '../../worker/contract.ts'
import { languageOf, localeOf, type Message, say, type Values } from '../common/i18n.ts'
import * as en from '../common/locales/en.json'
import * as ja from '../common/locales/ja.json'

const sections = {
  en: { thread: en.thread, errors: en.errors, reasons: en.reasons },
  ja: { thread: ja.thread, errors: ja.errors, reasons: ja.reasons },
}

/** The thread's words in one language. */
export class Words {
  readonly tag: string
  readonly #sections: Record<'thread' | 'errors' | 'reasons', Record<string, Message>>

  constructor(lang: string) {
    this.tag = localeOf(lang)
    this.#sections = sections[languageOf(lang)]
  }

  say = (name: keyof typeof en.thread, values?: Values): string =>
    say(this.#sections.thread[name] as Message, this.tag, values)

  /** What went wrong, by an error code. */
  error(code: string, limit?: number): string {
    const { errors } = this.#sections
    return say((errors[code] ?? errors.internal) as Message, this.tag, limit ? { limit } : {})
  }

  /** How one's own comment stands; a reason without words here is shown as the moderator typed it. */
  status({ status, reason = '' }: Own): string {
    return status in this.#sections.thread
      ? this.say(status as 'pending', { reason: (this.#sections.reasons[reason] as string) ?? reason })
      : ''
  }
}
