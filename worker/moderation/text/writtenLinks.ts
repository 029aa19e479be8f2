import { things, topLevel } from './topLevel.ts'

/** Endings of hosts that are words of some language, too: alone they end a sentence as often as an address. */
const words =
  'am art as asia at be best bid de do en es et fun id in is it la le live link ma me men my ne no one pa pl sale se si so to today top us win work'.split(
    ' ',
  )
const ofWords = words.join('|')
const sure = topLevel.filter((ending) => !words.includes(ending)).join('|')

/** A dot in brackets or in words of some languages, or drawn otherwise, between letters of an address. */
const bracketed =
  /\s{0,3}[([{<]\s?(?:dot|d0t|punkt|point|punto|ponto|nokta|titik|точка|دوت|点|點|ドット|닷|점|\.)\s?[)\]}>]\s{0,3}/giu
const spelt =
  /(?<=[\p{L}\p{N}]) (?:dot|\.) ?(?=(?:com|net|org|info|biz|ru|xyz)(?![\p{L}\p{N}]))|(?<=[\p{L}\p{N}])\. (?=com(?![\p{L}\p{N}]))/giu
const drawn = /(?<=[a-z\d-])[\u3002\uff0e\uff61\u2024\u06d4](?=[a-z\d])/gi

/** What two letters before a slash are, if no country: words, and endings of files. */
const none = 'an as by cs do go gz he if js kt md no of on or ps py rb rs sh so ts up vb we'.replaceAll(
  ' ',
  '|',
)
const ends = '(?![a-z\\d_-]|\\.[a-z\\d])'
const path = '\\S{0,300}'

/** Addresses with a scheme, also one that is spelt so that nothing links it; by their ending; and before a path. */
const written = [
  `h(?:tt|xx)ps?:\\/\\/${path}`,
  `(?<![\\p{L}\\p{N}])www\\.${path}`,
  `[\\p{L}\\p{N}]\\.(?<ending>${sure})${ends}(?:\\/${path})?`,
  `[\\p{L}\\p{N}]\\.(?!(?:${none})\\/)(?:${ofWords}|[a-z]{2})\\/[\\p{L}\\p{N}@?+~_-]${path}`,
  `[\\p{L}\\p{N}]{2}\\.[\\p{L}\\p{N}-]{2,62}\\.(?:${ofWords})${ends}`,
].map((pattern) => new RegExp(pattern, 'giu'))

/** What each of these needs: the large patterns take milliseconds to compile, and most texts have no use for them. */
const brackets = /[([{<]/
const ending = /com|net|org|info|biz|ru|xyz/iu
const anyDrawn = /[\u3002\uff0e\uff61\u2024\u06d4]/
const host = /[\p{L}\p{M}\p{N}]\.[\p{L}\p{N}]|:\/\/|www\./iu

/** A text in which dots of addresses that are written out, or drawn otherwise, are dots. */
export function withDots(text: string): string {
  const open = brackets.test(text) ? text.replace(bracketed, '.') : text
  const plain = ending.test(open) ? open.replace(spelt, '.') : open
  return anyDrawn.test(plain) ? plain.replace(drawn, '.') : plain
}

/** Whether a text has a dot or a colon as addresses have. */
export const mayHaveHost = (text: string): boolean => host.test(text)

/**
 * How many addresses a text names, linked or not, also such as `bit.ly\x` and `name(dot)com`, up to a number. Missing
 * spaces, names of files and of things, versions and abbreviations are none.
 */
export function linksWritten(text: string, most: number): number {
  let left = withDots(text).replaceAll('\\', '/').replace(things, '')
  if (!mayHaveHost(left)) return 0
  let found = 0
  for (const pattern of written) {
    if (found >= most) return most
    const addresses = Array.from(left.matchAll(pattern)).filter(isNoSentence).slice(0, most)
    found += addresses.length
    for (const { 0: address } of addresses) left = left.replace(address, ' ')
  }
  return Math.min(found, most)
}

/** A new sentence that lacks the space before it begins with a capital. */
const isNoSentence = ({ groups }: RegExpMatchArray) => !/^\p{Lu}\p{Ll}/u.test(groups?.ending ?? '')
