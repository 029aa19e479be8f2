import type { LetterKind } from '../letter.ts'

/** Shows whoever runs the instance that its mail arrives. */
export const mailTest: LetterKind<Record<string, never>> = {
  audience: 'staff',
  write(_, { say, words: { mailTest: w } }) {
    return {
      subject: say(w.subject),
      blocks: [
        { type: 'heading', line: say(w.heading) },
        { type: 'paragraph', line: say(w.text) },
        { type: 'paragraph', line: say(w.spam), quiet: true },
      ],
      foot: [{ type: 'paragraph', line: say(w.why) }],
    }
  },
  sample: () => ({}),
}
