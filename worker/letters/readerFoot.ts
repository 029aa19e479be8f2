import type { Message } from '../../widget/common/i18n.ts'
import type { Block, Desk } from './letter.ts'

/** How a reader ends what they get. Each leads to a page that does nothing until its button is pressed. */
export interface ReaderLinks {
  /** Ends what this letter is of. */
  endUrl: string
  /** Shows all that the address gets from the site. */
  allUrl: string
  /** For whoever did not ask for it. */
  complaintUrl: string
  /** Where they ask what is kept of them. */
  dataUrl: string
}

/** What stands below every letter to a reader: why they get it, and how it ends. */
export function readerFoot(
  { say, words: { common } }: Desk,
  links: ReaderLinks,
  why: Message,
  values?: Record<string, string>,
): Block[] {
  return [
    { type: 'paragraph', line: say(why, values) },
    { type: 'link', line: say(common.end), url: links.endUrl },
    { type: 'link', line: say(common.all), url: links.allUrl },
    { type: 'link', line: say(common.complain), url: links.complaintUrl },
    { type: 'link', line: say(common.data), url: links.dataUrl },
  ]
}

/** Links of a preview. */
export const sampleLinks: ReaderLinks = {
  endUrl: 'https://comments.example/s/sample#end',
  allUrl: 'https://comments.example/s/sample',
  complaintUrl: 'https://comments.example/s/sample#complaint',
  dataUrl: 'https://comments.example/p',
}
