import { type Answers, sampleAnswers, writeAnswers } from '../answers.ts'
import type { LetterKind } from '../letter.ts'

/** Tells an author what was written in reply to their comment. */
export const newReplies: LetterKind<Answers> = {
  audience: 'reader',
  write: (answers, desk) => writeAnswers(answers, desk.words.newReplies, desk),
  sample: sampleAnswers,
}
