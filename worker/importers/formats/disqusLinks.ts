/** Links by way of Disqus, which end by the target's hash and their counter: `…/url?url=https%3A%2F%2Fa.example%3AHASH&cuid=1`. */
const redirect = /(["'])https?:\/\/disq\.us\/url\?url=([^"'&\s]+)(?:&[^"'\s]*)?\1/g

/** HTML of Disqus, or of what was brought from there, whose links lead where they lead. */
export const withoutRedirects = (html: string) => html.replace(redirect, target)

function target(whole: string, quote: string, escaped: string): string {
  try {
    const address = decodeURIComponent(escaped).replace(/:[\w-]{20,}$/, '')
    return /^https?:\/\/[^"'<>\s]+$/i.test(address) ? quote + address.replaceAll('&', '&amp;') + quote : whole
  } catch {
    return whole
  }
}
