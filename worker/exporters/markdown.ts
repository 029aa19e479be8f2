import type { ContentNode } from '../contract/content.ts'
import { written } from '../importers/html/written.ts'
import type { SiteComment } from '../store/siteComments.ts'
import type { Exporter } from './exporter.ts'
import { inLine, linkTo, quoted } from './markdownParts.ts'

/**
 * What readers see, thread by thread, for people and for archives: a heading with the page's address, then each comment in the
 * order of time, with who wrote it, when, and what it answers. No sign in a text means anything, and what comments say is
 * quoted; so a line of the file that begins with `# ` begins a thread.
 */
export const markdown: Exporter = {
  file: 'comments.md',
  statuses: ['approved'],
  head: () => '',
  open: ({ key, title, address }) => `# ${inLine(title || key)}\n\n${linkTo(address, address)}\n\n`,
  comment: (comment) => {
    const { name, url, createdAt, id, parentId } = comment
    const facts = [
      new Date(createdAt).toISOString(),
      id,
      ...(parentId === null ? [] : [`answers ${parentId}`]),
    ]
    return `By ${linkTo(url, name)} · ${facts.join(' · ')}\n\n${quoted(wordsOf(comment))}\n\n`
  },
  close: '',
  tail: '',
}

function wordsOf({ content, body }: SiteComment): string {
  try {
    return written(JSON.parse(content) as ContentNode[])
  } catch {
    return inLine(body)
  }
}
