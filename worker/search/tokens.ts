import { gramsOf } from './grams.ts'
import { foldedTexts, type Searchable, tagsOf } from './searchable.ts'

/** Signs that no folded text has, before what is no text of a comment: its tags, its author's name, its e-mail. */
export const signs = { tag: '\ue000', name: '\ue001', email: '\ue002' } as const

/** As SQLite's tokenizer `ascii` takes it: a space would end it, and an apostrophe would end its list of letters. */
export const written = (token: string) => token.replaceAll("'", '\ue003').replaceAll(' ', '\ue004')

/** A token in FTS5's language. */
export const quoted = (token: string) => `"${written(token).replaceAll('"', '""')}"`

/** What finds all comments with a tag. */
export const tagExpression = (name: string) => quoted(signs.tag + name)

/** All that the index has of a comment, as one text of tokens. */
export function tokensOf(comment: Searchable): string {
  const { body, name, page, email } = foldedTexts(comment)
  const texts = new Set([body, name, page].flatMap((text) => [...gramsOf(text)]))
  const marked = (sign: string, tokens: Iterable<string>) => Array.from(tokens, (token) => sign + token)
  return [
    ...texts,
    ...marked(signs.name, gramsOf(name)),
    ...marked(signs.email, gramsOf(email)),
    ...marked(signs.tag, tagsOf(comment)),
  ]
    .filter((token) => token !== '')
    .map(written)
    .join(' ')
}
