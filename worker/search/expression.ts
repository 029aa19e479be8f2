import { foldedText } from '../contract/foldedText.ts'
import type { Tab } from '../contract/queue.ts'
import type { SearchTerm } from '../contract/searchQuery.ts'
import { wantedOf } from './grams.ts'
import { type Searchable, tagsOf } from './searchable.ts'
import { quoted, signs, tagExpression as tag } from './tokens.ts'

/** What comments are searched for. */
export interface Search {
  terms: SearchTerm[]
  tab: Tab
  /** Of these sites; null for all. */
  siteIds: string[] | null
  /** An author's public id. */
  author: string | null
  threadId: number | null
  /** Whether texts are looked for in e-mail addresses, too. */
  inEmails: boolean
}

const tabs: Record<Tab, string> = {
  held: 'status=pending',
  flagged: 'tab=flagged',
  appeals: 'tab=appeals',
  spam: 'status=spam',
  all: 'all',
}

/** Whether a comment stands in a tab. */
export const isInTab = (tab: Tab, comment: Searchable): boolean => tagsOf(comment).has(tabs[tab])

/** The runs of letters of a text, as an expression; null where it has none that the index is asked for. */
function textIn(text: string, sign = ''): string | null {
  const wanted = wantedOf(foldedText(text)).map(
    ({ gram, isPrefix }) => `${quoted(sign + gram)}${isPrefix ? ' *' : ''}`,
  )
  return wanted.length === 0 ? null : `(${wanted.join(' AND ')})`
}

/** An expression that holds for all comments that a term holds for, and maybe for more; null where there is none. */
function holding({ operator, value }: SearchTerm, inEmails: boolean): string | null {
  switch (operator) {
    case 'text': {
      const text = textIn(value)
      const email = inEmails ? textIn(value, signs.email) : null
      return text && email ? `(${text} OR ${email})` : text
    }
    case 'author': {
      const name = textIn(value, signs.name)
      return name && `(${name} OR ${tag(`author=${value}`)})`
    }
    case 'page':
      return value.startsWith('/') ? tag(`page=${foldedText(value)}`) : textIn(value)
    case 'before':
    case 'after':
      return null
    default:
      return tag(`${operator}=${value.toLowerCase()}`)
  }
}

/** Of terms with a minus, those that the index tells exactly. */
const isExact = ({ operator }: SearchTerm) =>
  !['text', 'author', 'page', 'before', 'after'].includes(operator)

/**
 * What to ask the full-text index for. It finds all comments of a search, and maybe more: runs of letters need not stand
 * together, and what has changed a moment ago is not in the index yet. So each comment is looked at itself.
 */
export function expressionOf({ terms, tab, siteIds, author, threadId, inEmails }: Search): string {
  const some = (names: string[]) => `(${names.map(tag).join(' OR ')})`
  const all = [
    tag(tabs[tab]),
    // No comment is of a site without a name: where there are no sites, nothing is found.
    ...(siteIds === null ? [] : [some((siteIds.length ? siteIds : ['']).map((id) => `site=${id}`))]),
    ...(author === null ? [] : [tag(`author=${author}`)]),
    ...(threadId === null ? [] : [tag(`thread=${threadId}`)]),
    ...terms.filter(({ not }) => !not).flatMap((term) => holding(term, inEmails) ?? []),
  ]
  const none = terms.filter((term) => term.not && isExact(term)).flatMap((term) => holding(term, false) ?? [])
  return `(${all.join(' AND ')})${none.map((one) => ` NOT ${one}`).join('')}`
}
