import { contentOf, linksOf } from '../../../widget/common/markdown.ts'
import { type Lesson, packLesson, unpackLesson } from '../../moderation/learner/lessons.ts'
import { partsOf, type Signature, signatureOf } from '../../moderation/text/minHash.ts'
import { fold } from '../../moderation/text/normalize.ts'
import type { Row } from './corpus.ts'

/** A text as screening looks at it. */
export interface Text {
  body: string
  folded: string
  links: string[]
}

/** A decided text with all that is kept of it to learn from. */
export interface Sample extends Row, Text {
  lesson: Pick<Lesson, 'reading' | 'script'>
  signature: Signature | null
  parts: string[]
}

export const textOf = (body: string): Text => ({ body, folded: fold(body), links: linksOf(contentOf(body)) })

export function sampleOf(row: Row): Sample {
  const text = textOf(row.body)
  const signature = signatureOf(text.folded)
  const parts = signature === null ? [] : partsOf(signature)
  return { ...row, ...text, lesson: unpackLesson(packLesson(row.body)), signature, parts }
}
