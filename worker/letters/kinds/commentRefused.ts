import type { LetterKind } from '../letter.ts'
import { quoteOf } from '../quote.ts'
import { type ReaderLinks, readerFoot, sampleLinks } from '../readerFoot.ts'

export interface CommentRefused extends ReaderLinks {
  pageTitle: string
  /** In words that its author may read; null where none was given. */
  reason: string | null
  /** The comment as they wrote it, or its start. */
  excerpt: string
  /** Where they can ask for another look; null where they cannot. */
  appealUrl: string | null
}

/** Tells an author that their comment is not published, why, and what they can do. */
export const commentRefused: LetterKind<CommentRefused> = {
  audience: 'reader',
  write({ pageTitle: page, reason, excerpt, appealUrl, ...links }, desk) {
    const { say, words } = desk
    const w = words.commentRefused
    return {
      subject: say(w.subject, { page }),
      blocks: [
        { type: 'heading', line: say(w.heading) },
        { type: 'paragraph', line: say(w.text, { page }) },
        quoteOf(excerpt),
        ...(reason ? [{ type: 'paragraph' as const, line: say(w.reason, { reason }) }] : []),
        ...(appealUrl
          ? [
              { type: 'paragraph' as const, line: say(w.appeal) },
              { type: 'button' as const, line: say(w.ask), url: appealUrl },
            ]
          : []),
      ],
      foot: readerFoot(desk, links, w.why),
    }
  },
  sample: ({ sample }) => ({
    pageTitle: sample.page,
    reason: sample.reason,
    excerpt: sample.comment,
    appealUrl: 'https://blog.example/river/#comment-1',
    ...sampleLinks,
  }),
}
