import { isHostOfMany } from '../text/manySites.ts'
import { fold } from '../text/normalize.ts'
import { isHostOfTrade, isNameOfTrade } from '../text/tradeWords.ts'

/** What the author of a comment calls themself, as typed, and the website given. */
export interface Byline {
  name: string
  url: string | null
}

/** A website as its address shows it, and the name beside it. */
interface Seen {
  /** Words of the name, folded. */
  words: string[]
  /** The name as typed. */
  name: string
  host: string
  /** Words of the host, folded: what dots and hyphens part. */
  labels: string[]
  path: string
}

/** Top-level domains that cost little or are advertised with, and that few people have a page under. */
const cheapEndings = new Set(
  `agency app bargains bet best bid biz buzz casino cc center cheap click clinic club company cyou date deals digital
  discount direct expert finance fit fun gq guru holiday host icu info lat life link live loan loans lol ltd market
  media men ml mobi mom monster online pro promo pw quest rent rest review reviews sale sbs services shop site space
  store stream su surf tech tk today tokyo top tours trade uno vip vin website win work world xin xyz zone`.split(
    /\s+/,
  ),
)

const hasSlug = (path: string) => /-[^/-]{0,80}-|\.html?$|[?&]\w{1,30}=/.test(path)

/**
 * What can be seen of a name and a website together. Without a website there is nothing to see: nobody advertises so,
 * and a person's name is no evidence. Each sign is on or off, and nothing but the two texts decides it.
 */
const signs: [name: string, shows: (seen: Seen) => boolean][] = [
  ['website', () => true],
  ['trade_name', ({ words }) => isNameOfTrade(words)],
  // Particles of names are in lower case, too: "Maria da Silva", "Ludwig van Beethoven".
  ['phrase_name', ({ name }) => /^\p{Ll}[\p{L}\p{M}]{1,40} \p{Ll}[\p{L}\p{M}]{1,40}( |$)/u.test(name)],
  ['trade_website', ({ labels }) => isHostOfTrade(labels)],
  ['deep_website', ({ path }) => hasSlug(path)],
  ['odd_host', ({ host }) => /\d|-[^.]*-|[^.]{18}/.test(host.replace(/xn--[^.]*/g, ''))],
  ['cheap_ending', ({ host }) => cheapEndings.has(host.slice(host.lastIndexOf('.') + 1))],
  ['hosted', ({ host }) => isHostOfMany(host)],
  [
    'own_name',
    ({ words, labels }) => {
      const own = words.filter((word) => word.length >= 3 && labels.some((label) => label.includes(word)))
      return (own.length === 1 || own.length === 2) && !isHostOfTrade(labels)
    },
  ],
]

const websiteOf = (url: string | null): URL | null =>
  url !== null && /^https?:/i.test(url) && URL.canParse(url) ? new URL(url) : null

const hostOf = ({ hostname }: URL) => hostname.replace(/^www\.|\.$/g, '')

/** The host of a byline's website, or null where there is none. */
export function websiteHost({ url }: Pick<Byline, 'url'>): string | null {
  const website = websiteOf(url)
  return website && hostOf(website)
}

/** Letters alone: what is numbered is the same word. */
const wordsIn = (text: string) => fold(text.replace(/\p{N}+/gu, ' ')).match(/[\p{L}\p{M}]+/gu) ?? []

/** Names of the signs, by their place in the mask. */
export const bylineSignNames = signs.map(([name]) => name)

/** The signs of a byline, as a bit mask by the places of `bylineSignNames`; none without a website. */
export function bylineSigns({ name, url }: Byline): number {
  const website = websiteOf(url)
  if (website === null) return 0
  const { pathname, search } = website
  const host = hostOf(website)
  const seen: Seen = {
    ...{ name: name.normalize('NFKC').trim(), host, path: pathname + search },
    words: wordsIn(name),
    labels: host
      .split('.')
      .slice(0, -1)
      .flatMap((label) => [...wordsIn(label), label.replaceAll('-', '')]),
  }
  return signs.reduce((mask, [, shows], place) => (shows(seen) ? mask | (1 << place) : mask), 0)
}
