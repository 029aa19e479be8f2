import { decoded } from './readableKey.ts'

const tracking =
  /^(utm_\w+|(fb|[dgy]|t[tw])clid|msclkid|li_fat_id|gclsrc|[gw]braid|igsh(id)?|mc_[ce]id|_hs(enc|mi)|_g[al]|srsltid|vero_id|oly_(anon|enc)_id|s_cid|ref_src)$/i

/** Whether a parameter is one that links gather on their way, and no page's own. */
export const isTracking = (name: string): boolean => tracking.test(name)

/**
 * The one form of a thread's key. A path or an address becomes its path and query without
 * tracking parameters, `index.html`, doubled and trailing slashes, in Unicode's form NFC and escaped as
 * RFC 3986 §6.2.2 has it. A fragment goes, unless it is the path of a hash router (`#/guide`, `#!/guide`).
 * Any other text is the embedder's own id and stays as it is.
 */
export function canonicalKey(key: string): string {
  const trimmed = key.trim()
  if (trimmed.startsWith('/')) return pathOf(new URL(`https://page.invalid${trimmed}`))
  if (/^https?:\/\//i.test(trimmed) && URL.canParse(trimmed)) return pathOf(new URL(trimmed))
  return trimmed
}

function pathOf({ pathname, search, hash }: URL): string {
  const path = normal(pathname)
    .replace(/\/{2,}/g, '/')
    .replace(/\/index\.html?$/i, '/')
    .replace(/(.)\/$/, '$1')
  const kept = search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !isTracking(pair.split('=', 1)[0] as string))
  const route = /^#!?(\/[^?#]*)/.exec(hash)?.[1]?.replace(/\/+$/, '')
  return path + (kept.length > 0 ? `?${normal(kept.join('&'))}` : '') + (route ? `#${normal(route)}` : '')
}

/** Decodes escapes that need not be, writes the others in capitals, and composes letters (NFC). */
function normal(text: string): string {
  return text
    .replace(/%[0-9a-f]{2}/gi, (escaped) => {
      const character = String.fromCharCode(Number.parseInt(escaped.slice(1), 16))
      return /[\w.~!'()*-]/.test(character) ? character : escaped.toUpperCase()
    })
    .replace(/(%[89A-F][0-9A-F])+/g, decoded)
    .normalize('NFC')
    .replace(/[^!-~]+|[`"<>^{|}\\]/g, encodeURIComponent)
}
