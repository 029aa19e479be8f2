import { plainTitle } from '../contract/pageTitle.ts'

/**
 * Words of people in a letter are text, and no mail client may make more of them. Clients turn into links what looks like
 * an address, a host, a mail address or a number to call, in HTML as in plain text. A word joiner (U+2060) beside the
 * dot, the @, the colon and the slashes keeps nearly all of them from it: it is no part of any address, it has no width
 * and breaks no line. Gmail and Outlook see through it in numbers, so HTML begins a new `<span>` after each as well
 * (`html.tsx`). Other mail products do so, too: GOV.UK Notify with a zero-width space, Gitea with a joiner.
 */
export const joiner = '\u2060'

const dots = /(?<=[^\s.])[.．｡](?=[^\s.])|(?<=[\da-z])。(?=[\da-z])/giu
const ats = /[@＠](?=\S)/gu
const schemes = /(?<=[a-z])[:：](?=\S)/giu
const slashes = /([/\\])(?=[/\\])/g
/** Seven digits or more with what stands between the digits of a telephone number. */
const numbers = /\p{Nd}(?:[\s().\-‐-―/]{0,3}\p{Nd}){6,}/gu

/** More marks than any language puts on a letter, which grow over other lines: three of those that go with any letter. */
const heaps = /([\u0300-\u036f]{3})[\u0300-\u036f]+|(\p{M}{6})\p{M}+/gu

/** Latin signs without a space, as long as a line of a phone: Outlook breaks them only at a zero-width space. */
const longRuns = /[!-~\u2060]{30}(?=[!-~])/g

/** People's words with nothing in them that a mail client would make live; of one or more lines. */
export function inert(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, '\n')
    .split('\n')
    .map(plainTitle)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .replace(heaps, '$1$2')
    .replace(numbers, (number) => number.replace(/\p{Nd}{2}|[\s().\-‐-―/]+/gu, `$&${joiner}`))
    .replace(dots, `${joiner}$&${joiner}`)
    .replace(ats, `${joiner}$&${joiner}`)
    .replace(schemes, `${joiner}$&${joiner}`)
    .replace(slashes, `$1${joiner}`)
    .replace(longRuns, '$&\u200b')
}

/**
 * The same on one line, for a sentence or a subject.
 *
 * @param most code points of the text that are kept; an ellipsis marks what is left out
 */
export function oneLine(text: string, most: number): string {
  const letters = [...plainTitle(text.toWellFormed())]
  const cut = letters.length > most ? `${letters.slice(0, most).join('').trimEnd()}…` : letters.join('')
  return inert(cut)
}

/** Longer addresses would make the whole letter too long to be shown. */
const longestHref = 8000

/** An http or https address as it stands in a letter, or null for anything else. */
export function hrefOf(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol, username, password, href } = new URL(url)
  const isSafe = /^https?:$/.test(protocol) && !username && !password && href.length <= longestHref
  return isSafe ? href : null
}
