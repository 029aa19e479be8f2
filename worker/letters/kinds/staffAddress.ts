import type { LetterKind } from '../letter.ts'

export interface StaffAddress {
  confirmUrl: string
  until: string
}

/** Asks somebody of staff whether an address is theirs: nothing else goes there before. */
export const staffAddress: LetterKind<StaffAddress> = {
  audience: 'staff',
  write({ confirmUrl, until }, { say, moment, words }) {
    const w = words.staffAddress
    return {
      subject: say(w.subject),
      blocks: [
        { type: 'heading', line: say(w.heading) },
        { type: 'paragraph', line: say(w.text) },
        { type: 'button', line: say(w.confirm), url: confirmUrl },
        { type: 'paragraph', line: say(w.until, { until: moment(until) }), quiet: true },
      ],
      foot: [{ type: 'paragraph', line: say(w.why) }],
    }
  },
  sample: () => ({ confirmUrl: 'https://comments.example/m/sample', until: '2027-01-15T09:30:00Z' }),
}
