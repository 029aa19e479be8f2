import type { Language } from '../../contract/languages.ts'
import type { LetterKind } from '../letter.ts'
import { type ReaderLinks, readerFoot, sampleLinks } from '../readerFoot.ts'

export interface ConfirmSubscription extends ReaderLinks {
  pageTitle: string
  /** What they would be told of. */
  what: ('fate' | 'replies' | 'thread')[]
  confirmUrl: string
  /** How long that works. */
  hours: number
}

/** Asks whoever has an address whether they want mail: nothing else goes there before. */
export const confirmSubscription: LetterKind<ConfirmSubscription> = {
  audience: 'reader',
  write({ pageTitle: page, what, confirmUrl, hours, ...links }, desk) {
    const { say, words } = desk
    const w = words.confirmSubscription
    return {
      subject: say(w.subject, { page }),
      blocks: [
        { type: 'heading', line: say(w.heading) },
        { type: 'paragraph', line: say(w.asked, { page }) },
        { type: 'points', lines: what.map((one) => say(w[one])) },
        { type: 'button', line: say(w.confirm), url: confirmUrl },
        { type: 'paragraph', line: say(w.lasts, { time: timeOf(hours, words.tag) }), quiet: true },
      ],
      foot: readerFoot(desk, links, w.why),
    }
  },
  sample: ({ sample }) => ({
    pageTitle: sample.page,
    what: ['fate', 'replies'],
    confirmUrl: 'https://comments.example/s/sample',
    hours: 168,
    ...sampleLinks,
  }),
}

/** Hours in words; whole days as days. */
function timeOf(hours: number, locale: Language): string {
  const [amount, unit] = hours >= 48 && hours % 24 === 0 ? [hours / 24, 'day'] : [hours, 'hour']
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(amount)
}
