import { maskedAddress } from '../../contract/mailAddress.ts'

/** An answer of a server in a few words, on one line, without the address that it may repeat. */
export function answerInWords(text: string, address: string): string {
  const line = text.replace(/\p{Cc}+/gu, ' ').trim()
  // Neither is a pattern: an address may hold signs that mean something in one.
  const masked = [address, address.toLowerCase()].reduce(
    (words, one) => words.replaceAll(one, maskedAddress(address)),
    line,
  )
  return [...masked].slice(0, 200).join('')
}
