const tracking =
  /^(utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|ttclid|yclid|igshid|igsh|mc_cid|mc_eid|_hsenc|_hsmi|_ga|_gl|srsltid|li_fat_id|vero_id|oly_anon_id|oly_enc_id|s_cid|ref_src)$/i

/**
 * The one form of a thread's key. A path or an address becomes its path and query without
 * fragment, tracking parameters, `index.html` and trailing slash, escaped as RFC 3986 §6.2.2 has
 * it; any other text is the embedder's own id and stays as it is.
 */
export function canonicalKey(key: string): string {
  const trimmed = key.trim()
  if (trimmed.startsWith('/')) return pathOf(new URL(`https://page.invalid${trimmed}`))
  if (/^https?:\/\//i.test(trimmed) && URL.canParse(trimmed)) return pathOf(new URL(trimmed))
  return trimmed
}

function pathOf(url: URL): string {
  const path = unreserved(url.pathname)
    .replace(/\/index\.html?$/i, '/')
    .replace(/(.)\/+$/, '$1')
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !tracking.test(pair.split('=', 1)[0] as string))
  return kept.length > 0 ? `${path}?${unreserved(kept.join('&'))}` : path
}

/** Decodes escapes of unreserved characters and writes the others in capitals. */
function unreserved(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (encoded) => {
    const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16))
    return /[\w.~-]/.test(character) ? character : encoded.toUpperCase()
  })
}
