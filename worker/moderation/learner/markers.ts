import { linksWritten } from '../text/writtenLinks.ts'
import { type Byline, bylineSignNames, bylineSigns } from './byline.ts'

/** Longest text looked at, in UTF-16 units: as `fold` has it. */
const longest = 4000

/** Links told apart; of more, how many there are says nothing more. */
const mostLinks = 4

/** How often a pattern is found, up to a number. */
function count(pattern: RegExp, text: string, most = Number.POSITIVE_INFINITY): number {
  let found = 0
  for (const _ of text.matchAll(pattern)) if (++found >= most) break
  return found
}

/** As much of a text as shares are taken of. */
const beginning = (text: string) => text.slice(0, 800)

const isShouted = (text: string) => {
  const letters = count(/\p{L}/gu, text)
  return letters >= 8 && count(/\p{Lu}/gu, text) > letters / 2
}

/**
 * What can be seen of a text besides its words. Each sign is on or off. Patterns repeat nothing without a bound, so
 * that no text is slow to look at.
 */
const signs: [name: string, shows: (text: string, links: number) => boolean][] = [
  ['link', (_, links) => links >= 1],
  ['links', (_, links) => links >= 2],
  ['many_links', (_, links) => links >= mostLinks],
  ['handle', (text) => /(?:^|\s)@[\p{L}\p{N}_]{2}|[\w.+-]@[\w-]{1,63}\.\w/u.test(text)],
  ['markup', (text) => /<\/?[a-z][^<>]{0,500}>|\[\/?(?:url|link|b|i|img|size|color)\b/i.test(text)],
  ['capitals', (text) => isShouted(beginning(text))],
  ['digits', (text) => count(/\p{N}/gu, beginning(text)) > 0.15 * beginning(text).length],
  ['short', (text) => text.length < 20],
  ['long', (text) => text.length > 200],
  ['very_long', (text) => text.length > 600],
  ['run', (text) => /(\S)\1{4}/u.test(text)],
  ['exclamation', (text) => /[!！]\s{0,9}[!！]\s{0,9}[!！]/.test(text)],
  ['emoji', (text) => count(/\p{Extended_Pictographic}/gu, text, 4) === 4],
  [
    'styled',
    (text) => count(/[\u{1d400}-\u{1d7ff}\u{1f130}-\u{1f189}\u24b6-\u24e9\u249c-\u24b5]/gu, text, 3) === 3,
  ],
  ['invisible', (text) => /\p{L}[\u00ad\u200b\u2060\u180e\u202a-\u202e\u2066-\u2069]{1,20}\p{L}/u.test(text)],
  [
    'mixed',
    (text) =>
      /\p{Script=Latin}[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}]\p{Script=Latin}/u.test(
        text,
      ),
  ],
  [
    'contact',
    (text) =>
      /\d[\d\s().-]{8,24}\d|whats\s?app|telegram|\bt\.me\b|line\s?id|wechat|微信|ライン|カカオ/iu.test(text),
  ],
]

/** Names of the signs, by their place in the mask: those of a text, and those of its byline. */
export const signNames = [...signs.map(([name]) => name), ...bylineSignNames]

/** The signs of a text as it was posted and of what stands above it, as a bit mask by the places of `signNames`. */
export function signsOf(text: string, byline: Byline | null = null): number {
  const start = text.slice(0, longest)
  const links = linksWritten(start, mostLinks)
  const seen = signs.reduce((mask, [, shows], place) => (shows(start, links) ? mask | (1 << place) : mask), 0)
  return byline === null ? seen : seen | (bylineSigns(byline) << signs.length)
}

/** The signs of a mask that a byline has shown. */
export const ofByline = (mask: number) => (mask >>> signs.length) << signs.length
