import type { Message } from '../../widget/common/i18n.ts'
import type { Block, Desk, Draft } from './letter.ts'
import { quoteOf } from './quote.ts'
import { type ReaderLinks, readerFoot, sampleLinks } from './readerFoot.ts'
import type { Words } from './words.ts'

/** A letter of comments on one page that somebody wants to be told of. */
export interface Answers extends ReaderLinks {
  pageTitle: string
  items: {
    author: string
    /** The comment as readers see it, or its start. */
    excerpt: string
    url: string
  }[]
  /** How many there are besides. */
  more?: number
}

interface AnswersWords {
  /** The subject where there is one alone. */
  single: string
  subject: Message
  heading: Message
  text: string
  read: string
  more: Message
  why: string
}

/** Writes such a letter: each comment with whose it is and a button that leads to it. */
export function writeAnswers(answers: Answers, w: AnswersWords, desk: Desk): Draft {
  const { pageTitle: page, items, more = 0, ...links } = answers
  const { say, words, most } = desk
  const count = items.length + more
  const [first] = items
  const shown = items.slice(0, most)
  const left = count - shown.length
  return {
    subject:
      count === 1 && first ? say(w.single, { page, author: first.author }) : say(w.subject, { count, page }),
    blocks: [
      { type: 'heading', line: say(w.heading, { count }) },
      { type: 'paragraph', line: say(w.text, { page }) },
      {
        type: 'parts',
        parts: shown.map(({ author, excerpt, url }): Block[] => [
          { type: 'heading', line: say(words.common.by, { author }), part: true },
          quoteOf(excerpt),
          { type: 'button', line: say(w.read), url },
        ]),
      },
      ...(left > 0 ? [{ type: 'paragraph' as const, line: say(w.more, { count: left }) }] : []),
    ],
    foot: readerFoot(desk, links, w.why, { page }),
  }
}

/** Facts for a preview. */
export const sampleAnswers = ({ sample }: Words): Answers => ({
  pageTitle: sample.page,
  items: [
    { author: sample.another, excerpt: sample.reply, url: 'https://blog.example/river/#comment-2' },
    { author: sample.author, excerpt: sample.comment, url: 'https://blog.example/river/#comment-3' },
  ],
  ...sampleLinks,
})
