import { contentOf } from '../../widget/common/markdown.ts'
import { digest } from '../crypto.ts'

/** A text as it is stored: its source, what is shown of it, and by what it is known again. */
export interface StoredText {
  /** Markdown, as it was sent. */
  body: string
  /** JSON of the safe tree made from `body`. */
  content: string
  /** The same for texts that differ in case, width and spaces only. */
  bodyHash: string
}

export const storedText = async (body: string): Promise<StoredText> => ({
  body,
  content: JSON.stringify(contentOf(body)),
  bodyHash: await digest(body.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()),
})
