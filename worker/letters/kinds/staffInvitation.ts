import type { LetterKind } from '../letter.ts'

export interface StaffInvitation {
  /** Who invites; null for the operator. */
  inviter: string | null
  signInUrl: string
  until: string
}

/** Gives somebody the first link by which they sign in. */
export const staffInvitation: LetterKind<StaffInvitation> = {
  audience: 'staff',
  write({ inviter, signInUrl, until }, { say, moment, words }) {
    const w = words.staffInvitation
    const by = inviter ?? words.common.operator
    // Within a sentence.
    const whom = inviter ?? by.charAt(0).toLowerCase() + by.slice(1)
    return {
      subject: say(w.subject, { inviter: by }),
      blocks: [
        { type: 'heading', line: say(w.heading) },
        { type: 'paragraph', line: say(w.text, { inviter: by }) },
        { type: 'button', line: say(w.signIn), url: signInUrl },
        { type: 'paragraph', line: say(w.until, { until: moment(until), inviter: whom }), quiet: true },
      ],
      foot: [{ type: 'paragraph', line: say(w.why) }],
    }
  },
  sample: ({ sample }) => ({
    inviter: sample.inviter,
    signInUrl: 'https://comments.example/dashboard#sign-in=sample',
    until: '2027-01-15T09:30:00Z',
  }),
}
