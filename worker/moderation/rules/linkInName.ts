import type { Rule } from '../facts.ts'
import { invisible } from '../text/normalize.ts'

/**
 * Top-level domains of addresses in names. Those that are also names of people are left out (.li,
 * .le, .do, .ng, .name), or "wei.li" could not sign as they like.
 */
const topLevel = `
  app art asia best bet bid biz blog br buzz bz ca casino cc cf cfd click club cn co com cyou de dev es eu fr
  fun ga gb gov gq icu id in info io it jp kr kz link live loan lol ltd men ml mobi net nl one online org pl
  poker porn pw ru sale sbs sex shop site space store stream su tech tk today tokyo top tv tw ua uk us vip vn
  website win work ws xn--p1ai xxx xyz рф укр бел 中国 公司 网址 みんな コム 닷컴 한국
`
  .trim()
  .split(/\s+/)
  .join('|')

const letter = '[\\p{L}\\p{M}\\p{N}]'
const long = '[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}]'
const domain = new RegExp(`(?<!${letter})${long}\\.(?:${topLevel})(?!${letter}|-|\\.\\p{L})`, 'u')
const address = new RegExp(
  `\\p{L}+://|(?<!${letter})www\\.${letter}|(?<!${letter})(?:${long}\\.\\p{L}{2,}|[a-z]\\.(?:cc|co|ly|me))/[\\p{L}\\p{N}@?+~_-]`,
  'u',
)

/** What looks like a domain and is a thing's name. */
const things = /\b(?:asp\.net|socket\.io|will\.i\.am)\b/g

/** The author's name holds an address. */
export const linkInName: Rule = ({ name }) => {
  const plain = name.normalize('NFKC').replace(invisible, '').toLowerCase()
  const text = plain.replace(/\s*[([{](?:dot|\.)[)\]}]\s*/g, '.').replace(things, '')
  if (!address.test(text) && !domain.test(text)) return null
  return { code: 'link_in_name', weight: 3, params: { name } }
}
