/** Longest text looked at, in UTF-16 units: as `fold` has it. */
const longest = 4000

const link =
  /https?:\/\/|\bwww\.|[\p{L}\p{N}-]\s?\.\s?(?:com|net|org|info|biz|ru|cn|tk|xyz|top|shop|site|online|club|io|co|me|jp|de|uk|id|br)\b/giu

const atLeast = (pattern: RegExp, count: number, text: string) => {
  let found = 0
  for (const _ of text.matchAll(pattern)) if (++found >= count) return true
  return false
}

const share = (pattern: RegExp, text: string, of: number) => {
  let found = 0
  for (const _ of text.matchAll(pattern)) found++
  return of === 0 ? 0 : found / of
}

const letters = /\p{L}/gu

/** What can be seen of a text besides its words. Each sign is on or off. */
const signs: [name: string, shows: (text: string) => boolean][] = [
  ['link', (text) => atLeast(link, 1, text)],
  ['links', (text) => atLeast(link, 2, text)],
  ['many_links', (text) => atLeast(link, 4, text)],
  ['handle', (text) => /(?:^|\s)@[\p{L}\p{N}_]{2,}|[\w.+-]+@[\w-]+\.\w/u.test(text)],
  ['markup', (text) => /<\/?[a-z]\w*[^<>]{0,500}>|\[\/?(?:url|link|b|i|img|size|color)\b/i.test(text)],
  ['capitals', (text) => atLeast(letters, 8, text) && share(/\p{Lu}/gu, text, count(letters, text)) > 0.5],
  ['digits', (text) => share(/\p{N}/gu, text, text.length) > 0.15],
  ['short', (text) => text.length < 20],
  ['long', (text) => text.length > 200],
  ['very_long', (text) => text.length > 600],
  ['run', (text) => /(\S)\1{4}/u.test(text)],
  ['exclamation', (text) => /[!！]\s*[!！]\s*[!！]/.test(text)],
  ['emoji', (text) => atLeast(/\p{Extended_Pictographic}/gu, 4, text)],
  [
    'styled',
    (text) => atLeast(/[\u{1d400}-\u{1d7ff}\u{1f130}-\u{1f189}\u24b6-\u24e9\u249c-\u24b5]/gu, 3, text),
  ],
  ['invisible', (text) => /\p{L}[\u00ad\u200b\u2060\u180e\u202a-\u202e\u2066-\u2069]+\p{L}/u.test(text)],
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
      /\+?\d[\d\s().-]{8,}\d|whats\s?app|telegram|\bt\.me\b|line\s?id|wechat|微信|ライン|カカオ/iu.test(text),
  ],
]

const count = (pattern: RegExp, text: string) => share(pattern, text, 1)

/** Names of the signs, by their place in the mask. */
export const signNames = signs.map(([name]) => name)

/** The signs of a text as it was posted, as a bit mask by the places of `signNames`. */
export function signsOf(text: string): number {
  const start = text.slice(0, longest)
  return signs.reduce((mask, [, shows], place) => (shows(start) ? mask | (1 << place) : mask), 0)
}
