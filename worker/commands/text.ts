import { contentOf, textOf } from '../../widget/common/markdown.ts'
import { isVisible } from '../contract/input.ts'
import { fingerprint } from '../crypto.ts'
import { Refusal } from '../http/refusal.ts'

/** A text as it is stored: its source, what is shown of it, and by what it is known again. */
export interface StoredText {
  /** Markdown, as it was sent. */
  body: string
  /** JSON of the safe tree made from `body`. */
  content: string
  /** The same for texts that differ in case, width and spaces only. */
  bodyHash: string
}

/** @throws Refusal `missing` where readers would see nothing of it */
export async function storedText(body: string): Promise<StoredText> {
  const content = contentOf(body)
  if (!isVisible(textOf(content))) throw new Refusal('missing', { field: 'body' })
  return {
    body,
    content: JSON.stringify(content),
    bodyHash: await hashOfText(body),
  }
}

/** By what a text is known again: the same for texts that differ in case, width and spaces only. */
export const hashOfText = (body: string): Promise<string> =>
  fingerprint(body.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim())
