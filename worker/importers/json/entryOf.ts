import type { Broken, LeftOut, SourceComment } from '../entry.ts'
import type { ReadOptions } from '../importer.ts'

/**
 * What a comment of a file is: a comment, or what is left out since it has no page or no text. What was deleted there may
 * have none: what answers it hangs on it. `createdAt` null is a time that nobody knows.
 */
export function entryOf(
  comment: Omit<SourceComment, 'kind' | 'createdAt'> & { createdAt: SourceComment['createdAt'] | null },
): SourceComment | LeftOut {
  const { id, parentId, line } = comment
  const leftOut = { kind: 'leftOut' as const, id, parentId, line }
  if (comment.page.address.trim() === '') return { ...leftOut, reason: 'no_page' }
  if (comment.status !== 'deleted' && comment.body.trim() === '') return { ...leftOut, reason: 'empty' }
  return { ...comment, kind: 'comment', createdAt: comment.createdAt ?? { local: '' } }
}

/** What stands where a comment should be. */
export function noComment(line: number): Broken {
  return {
    kind: 'broken',
    line,
    message: 'This is no comment: an object was expected here. It was left out.',
  }
}

/** A page's address: a path with the origin that was given, all else as it stands. */
export function addressOf(address: string, { origin }: Pick<ReadOptions, 'origin'>): string {
  return address.startsWith('/') && !address.startsWith('//') ? origin + address : address
}

/** Text that some systems kept as HTML and others as Markdown, told by its first and last character. */
export function formOf(body: string): 'html' | 'markdown' {
  return /^\s*<(p|h[1-6]|pre|ul|ol|dl|blockquote|table|hr|div|details|a|img|span|br|code|em|strong)\b[^>]*>/i.test(
    body,
  ) && />\s*$/.test(body)
    ? 'html'
    : 'markdown'
}
