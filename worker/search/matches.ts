import { foldedText } from '../contract/foldedText.ts'
import { type SearchTerm, startOf } from '../contract/searchQuery.ts'
import { foldedTexts, type Searchable, tagsOf } from './searchable.ts'

/** Whether a comment is one of those that are searched for. The index only proposes; this decides. */
export function matches(terms: SearchTerm[], comment: Searchable, inEmails: boolean): boolean {
  if (terms.length === 0) return true
  const texts = foldedTexts(comment)
  const tags = tagsOf(comment)
  const has = ({ operator, value }: SearchTerm): boolean => {
    const text = foldedText(value)
    switch (operator) {
      case 'text':
        return [texts.body, texts.name, texts.page, inEmails ? texts.email : ''].some((one) =>
          one.includes(text),
        )
      case 'author':
        return texts.name.includes(text) || comment.authorId === value
      case 'page':
        return value.startsWith('/') ? tags.has(`page=${text}`) : texts.page.includes(text)
      case 'before':
        return comment.createdAt < (startOf(value) ?? 0)
      case 'after':
        return comment.createdAt >= (startOf(value) ?? 0)
      default:
        return tags.has(`${operator}=${value.toLowerCase()}`)
    }
  }
  return terms.every((term) => has(term) !== term.not)
}
