/** By what somebody is looked for: see `personSearch` in `persons.ts`. */
export type Sought = { email: string } | { name: string } | { comment: string } | { token: string }

/**
 * What somebody typed to find a person: an e-mail address, a comment's id or a link to it, the token of a browser, or else a
 * name.
 */
export function soughtBy(typed: string): Sought {
  const text = typed.trim()
  const [comment] = /(?<![\da-z])[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?![\w-])/i.exec(text) ?? []
  if (comment) return { comment: comment.toLowerCase() }
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return { email: text }
  if (/^[\w-]{43}$/.test(text)) return { token: text }
  return { name: text }
}
