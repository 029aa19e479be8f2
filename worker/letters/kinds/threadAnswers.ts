import { type Answers, sampleAnswers, writeAnswers } from '../answers.ts'
import type { LetterKind } from '../letter.ts'

/** Tells whoever follows a thread what is new in it. */
export const threadAnswers: LetterKind<Answers> = {
  audience: 'reader',
  write: (answers, desk) => writeAnswers(answers, desk.words.threadAnswers, desk),
  sample: sampleAnswers,
}
