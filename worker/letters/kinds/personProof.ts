import type { LetterKind } from '../letter.ts'

export interface PersonProof {
  proofUrl: string
  until: string
}

/** Leads whoever has an address to what is kept of it: that they can follow it is their proof. */
export const personProof: LetterKind<PersonProof> = {
  audience: 'reader',
  once: true,
  write({ proofUrl, until }, { say, moment, words }) {
    const w = words.personProof
    return {
      subject: say(w.subject),
      blocks: [
        { type: 'heading', line: say(w.heading) },
        { type: 'paragraph', line: say(w.text) },
        { type: 'button', line: say(w.open), url: proofUrl },
        { type: 'paragraph', line: say(w.until, { until: moment(until) }), quiet: true },
      ],
      foot: [{ type: 'paragraph', line: say(w.why) }],
    }
  },
  sample: () => ({ proofUrl: 'https://comments.example/p/sample', until: '2027-01-15T09:30:00Z' }),
}
