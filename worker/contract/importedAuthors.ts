/** Parts of a name as one text, in which none can be taken for another. */
export const joined = (parts: string[]): string => parts.map((part) => `${part.length}:${part}`).join('')

/** What an import's name of an author is made of who has an e-mail address and no account: see `authorId`. */
export const ofAddress = (site: string, email: string): string[] => [
  'address',
  site,
  email.trim().toLowerCase(),
]
