/** A site's id as its name suggests it: letters, digits and hyphens; empty where the name has none. */
export const idFrom = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64)
    .replace(/-$/, '')

/** The origins that are meant by what somebody typed or pasted: addresses of pages, with or without `https://`. */
export const addressesOf = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[\s,、]+/)
      .filter(Boolean)
      .map(originMeant),
  ),
]

function originMeant(text: string): string {
  if (text.endsWith(':*')) return text
  const address = /^\w+:\/\//.test(text) ? text : `https://${text}`
  return URL.canParse(address) ? new URL(address).origin : text
}
