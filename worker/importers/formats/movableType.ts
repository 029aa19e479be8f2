import type { Entry, SourceComment, SourcePage, SourceTime } from '../entry.ts'
import type { Importer, ReadOptions } from '../importer.ts'
import { linesOf } from '../text/lines.ts'
import { block, inline } from './markup.ts'
import { type BlogService, blogServiceOf, entryAddress } from './movableTypeAddress.ts'
import { movableTypeDate } from './movableTypeDate.ts'
import { type Section, sectionsOf } from './movableTypeSections.ts'

/**
 * The text that Movable Type exports, and with it Hatena, livedoor, FC2, Seesaa, goo, Typepad and others
 * (movabletype.org/documentation/appendices/import-export-format.html). It has no ids and no tree, and says of no comment
 * whether a person let it stand: none of its comments is a decision.
 */
export const movableType: Importer = {
  format: 'movable-type',
  detect: (head) =>
    /^\s*(AUTHOR|TITLE|BASENAME|STATUS|DATE|CATEGORY|PRIMARY CATEGORY|ALLOW COMMENTS)[ \t]*:/i.test(head) &&
    /(\r\n|\r|\n)-----[ \t]*[\r\n]/.test(head) &&
    /[\r\n]((EXTENDED )?BODY|COMMENT|EXCERPT)[ \t]*:[ \t]*[\r\n]/i.test(head),
  async *read(text, options) {
    const service = await serviceOf(text)
    let blogEntry: BlogEntry | null = null
    for await (const section of sectionsOf(linesOf(text))) {
      if (section.name === '') {
        blogEntry = blogEntryOf(section, service, options)
        if (!blogEntry.isDraft) yield { kind: 'thread', page: blogEntry.page, closed: blogEntry.isClosed }
      } else if (section.name === 'COMMENT' || section.name === 'PING') {
        yield utterance(section, blogEntry, options)
        if (!section.isEnded)
          yield {
            ...{ kind: 'broken', line: section.line },
            message: 'The file ends within this comment, whose end may be missing. Export it once more.',
          }
      }
    }
  },
}

/** An entry of the blog. */
interface BlogEntry {
  page: SourcePage
  date: SourceTime
  isDraft: boolean
  isClosed: boolean
}

async function serviceOf(text: AsyncIterable<string>): Promise<BlogService | null> {
  let head = ''
  for await (const piece of text) {
    head += piece
    if (head.length >= 64 * 1024) break
  }
  return blogServiceOf(head)
}

/** What a line has before its first colon, in capitals, and behind it. It takes time by the line's length. */
function keyIn(line: string): { key: string; value: string } {
  const at = line.indexOf(':')
  return at < 0
    ? { key: '', value: '' }
    : { key: line.slice(0, at).trim().toUpperCase(), value: line.slice(at + 1).trim() }
}

function blogEntryOf({ lines }: Section, service: BlogService | null, { origin }: ReadOptions): BlogEntry {
  const keys = new Map<string, string>()
  for (const { text } of lines) {
    const { key, value } = keyIn(text)
    if (!keys.has(key)) keys.set(key, value)
  }
  const date = movableTypeDate(keys.get('DATE') ?? '')
  const local = typeof date === 'object' && keys.has('DATE') ? date.local : ''
  const status = (keys.get('STATUS') ?? '').toLowerCase()
  return {
    page: { address: entryAddress({ keys, local }, service, origin), title: keys.get('TITLE') ?? '' },
    date,
    isDraft: !/^(|publish(ed)?|1|2|公開)$/.test(status),
    // 1 is open; 0 takes none, and 2 no more.
    isClosed: /^[02]$/.test(keys.get('ALLOW COMMENTS') ?? ''),
  }
}

/** What a comment or a trackback says of itself, before its text. FC2 adds what the last two tell. */
const headers = ['AUTHOR', 'EMAIL', 'URL', 'IP', 'DATE', 'TITLE', 'BLOG NAME', 'SECRET', 'PASS']

function utterance(section: Section, blogEntry: BlogEntry | null, options: ReadOptions): Entry {
  const { name, lines, line } = section
  const keys = new Map<string, string>()
  let at = 0
  for (; at < lines.length; at++) {
    const { key, value } = keyIn(lines[at]?.text ?? '')
    if (!headers.includes(key) || keys.has(key)) break
    keys.set(key, value)
  }
  const text = lines.slice(at).map((one) => one.text)
  const title = keys.get('TITLE') ?? ''
  const body = `${title ? `${title}\n\n` : ''}${text.join('\n').trim()}`.trim()
  const left = (reason: 'no_page' | 'draft' | 'trackback' | 'private' | 'too_long' | 'empty'): Entry => ({
    ...{ kind: 'leftOut', reason, id: null, parentId: null, line },
  })
  const isPing = name === 'PING'
  if (!blogEntry) return left('no_page')
  if (blogEntry.isDraft) return left('draft')
  if (isPing && !options.pings) return left('trackback')
  if (/^[1-9]/.test(keys.get('SECRET') ?? '')) return left('private')
  if (section.isTooLong) return left('too_long')
  if (body === '') return left('empty')
  const comment: SourceComment = {
    ...{ kind: 'comment', id: null, parentId: null, page: blogEntry.page },
    author: {
      name: (isPing ? keys.get('BLOG NAME') : keys.get('AUTHOR')) ?? '',
      email: keys.get('EMAIL') || null,
      url: keys.get('URL') || null,
      ...{ identity: null, isStaff: false },
    },
    ...{ body, form: formOf(body) },
    createdAt: keys.get('DATE') ? movableTypeDate(keys.get('DATE') ?? '') : blogEntry.date,
    ...{ editedAt: null, status: 'approved', decided: false, likes: 0, pinned: false, line },
  }
  return comment
}

/** Whether a text is HTML, and whether its line ends count: each service writes as it likes. */
function formOf(body: string): SourceComment['form'] {
  if (block.test(body)) return 'html'
  return inline.test(body) ? 'lines' : 'text'
}
