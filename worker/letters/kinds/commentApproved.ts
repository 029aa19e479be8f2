import type { LetterKind } from '../letter.ts'
import { quoteOf } from '../quote.ts'
import { type ReaderLinks, readerFoot, sampleLinks } from '../readerFoot.ts'

export interface CommentApproved extends ReaderLinks {
  pageTitle: string
  commentUrl: string
  /** The comment as readers see it, or its start. */
  excerpt: string
}

/** Tells an author that their comment is published. */
export const commentApproved: LetterKind<CommentApproved> = {
  audience: 'reader',
  write({ pageTitle: page, commentUrl, excerpt, ...links }, desk) {
    const { say, words } = desk
    const w = words.commentApproved
    return {
      subject: say(w.subject, { page }),
      blocks: [
        { type: 'heading', line: say(w.heading) },
        { type: 'paragraph', line: say(w.text, { page }) },
        quoteOf(excerpt),
        { type: 'button', line: say(w.read), url: commentUrl },
      ],
      foot: readerFoot(desk, links, w.why),
    }
  },
  sample: ({ sample }) => ({
    pageTitle: sample.page,
    commentUrl: 'https://blog.example/river/#comment-1',
    excerpt: sample.comment,
    ...sampleLinks,
  }),
}
