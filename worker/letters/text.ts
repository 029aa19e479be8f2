import { hrefOf } from './inert.ts'
import type { Block, Draft, LetterSite } from './letter.ts'
import { type Line, theirs, type Words } from './words.ts'
import { wrap } from './wrap.ts'

const width = 76
const rule = '-'.repeat(24)

/** Letters of scripts that are written from right to left. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/** A line as plain text. Where directions meet, people's words keep theirs between isolates, which they cannot hold themselves. */
export function plainLine(line: Line, { direction }: Words): string {
  return line
    .map((part) => {
      if (typeof part === 'string') return part
      return direction === 'rtl' || rightToLeft.test(part.theirs) ? `\u2068${part.theirs}\u2069` : part.theirs
    })
    .join('')
}

/** A letter as plain text in lines of at most 76 columns; an address is whole, on a line of its own. */
export function textPart({ blocks, foot }: Draft, site: LetterSite, words: Words): string {
  const paragraphs = (some: Block[]) => some.flatMap((block) => textOf(block, words) || [])
  const head = plainLine([theirs(site.name)], words)
  return `${[head, ...paragraphs(blocks), rule, ...paragraphs(foot)].join('\n\n')}\n`
}

function textOf(block: Block, words: Words): string {
  switch (block.type) {
    case 'quote':
      return lines(block.theirs, '> ', '> ')
    case 'points':
      return block.lines.map((line) => lines(plainLine(line, words), '- ', '  ')).join('\n')
    case 'button':
    case 'link': {
      const href = hrefOf(block.url)
      return href ? `${lines(plainLine(block.line, words))}\n${href}` : ''
    }
    case 'parts':
      return block.parts
        .map((part) => part.flatMap((one) => textOf(one, words) || []).join('\n\n'))
        .join(`\n\n${rule}\n\n`)
    default:
      return lines(plainLine(block.line, words))
  }
}

/** Text in lines that begin so. */
function lines(text: string, first = '', next = ''): string {
  return wrap(text, width - first.length)
    .map((line, at) => ((at ? next : first) + line).trimEnd())
    .join('\n')
}
