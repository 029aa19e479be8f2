/**
 * The domain that someone means who types one, an address in it, or `*.` before it; null when it
 * is none. A dot before it makes a whole top-level domain of a single label: `.example`.
 */
export function domainOf(text: string): string | null {
  const host = hostIn(text)
  const url = `http://${host}/`
  if (!/^[^\s@[\]]+$/.test(host) || !URL.canParse(url)) return null
  const domain = new URL(url).hostname.replace(/\.$/, '')
  return domain.includes('.') || /^\*?\./.test(text.trim()) ? domain : null
}

/** The part of a typed domain or address that names the host, in its own letters. */
export function hostIn(text: string): string {
  const host = text.trim().replace(/^(https?:\/\/)?(www\.|\*?\.)?/i, '')
  return host.replace(/[/?#:].*$/, '').toLowerCase()
}
