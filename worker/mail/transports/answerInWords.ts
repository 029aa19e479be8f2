import { maskedAddress } from '../../contract/mailAddress.ts'

/** Characters of an answer that are looked at, and those of its words that are kept. */
const looked = 2_000
const kept = 200

/** Whatever looks like an address, be it that of another: `<"a..b"@host>`, `jane@host`. */
const addresses = /(?:"[^"\s]{1,64}"|[^\s@<>()[\]\\,;:"]{1,64})@[^\s@<>()[\]\\,;:"']{1,253}/gu

/**
 * An answer of a server in a few words, on one line, without the address that it may repeat, in whole or without its
 * host, and without those of others.
 */
export function answerInWords(text: string, address: string): string {
  const line = text
    .slice(0, looked)
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
  const local = address.slice(0, address.lastIndexOf('@'))
  const names = [local, ...local.split('+', 1)]
  const bare = [...names, ...names.map((one) => one.toLowerCase())].filter((one) => one !== '')
  const masked = bare.reduce(
    (words, one) => words.replace(asWord(one), ([first = '']) => `${first}…`),
    line.replace(addresses, maskedAddress),
  )
  return [...masked].slice(0, kept).join('')
}

/** Finds a text where it stands by itself. */
const asWord = (text: string) =>
  new RegExp(`(?<![\\w…])${text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}(?![\\w…])`, 'gu')
