import { contentOf, linksOf, safeHref } from '../../../widget/common/markdown.ts'
import type { Byline } from '../../moderation/learner/byline.ts'
import { type Lesson, packLesson, unpackLesson } from '../../moderation/learner/lessons.ts'
import { partsOf, type Signature, signatureOf } from '../../moderation/text/minHash.ts'
import { fold } from '../../moderation/text/normalize.ts'
import type { Row } from './corpus.ts'

/** A text as screening looks at it. */
export interface Text {
  body: string
  folded: string
  /** Those of the text, and the author's website. */
  links: string[]
  name: string
  website: string | null
}

/** A decided text with all that is kept of it to learn from. */
export interface Sample extends Omit<Row, keyof Byline>, Text {
  lesson: Pick<Lesson, 'reading' | 'size' | 'script'>
  signature: Signature | null
  parts: string[]
}

export const textOf = (body: string): Text => ({
  ...{ body, folded: fold(body), links: linksOf(contentOf(body)) },
  ...{ name: '', website: null },
})

/** A text by an author of whom name and website are known. */
export function textBy({ name, url }: Byline, body: string): Text {
  const text = textOf(body)
  const website = url === null ? null : safeHref(url)
  return { ...text, name, website, links: website === null ? text.links : [...text.links, website] }
}

export function sampleOf({ name = '', url = null, ...row }: Row): Sample {
  const byline = { name, url }
  const text = textBy(byline, row.body)
  const signature = signatureOf(text.folded)
  const parts = signature === null ? [] : partsOf(signature)
  return { ...row, ...text, lesson: unpackLesson(packLesson(row.body, byline)), signature, parts }
}
