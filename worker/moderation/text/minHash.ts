/** Values of a signature, each of 16 bits. */
const size = 16

/** Signatures that agree in so many places belong to texts nearly alike. */
export const leastAgreement = 12

/** Shorter texts, in UTF-16 units, are alike by chance. */
const shortest = 30

const gram = 4

export type Signature = readonly number[]

const link =
  /(?:https?:\/\/|www\.)\S+|(?<![\p{L}\p{N}-])[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,3}\.[a-z]{2,}(?:\/\S*)?/gu

/** Odd multipliers, one for each value: as good as a permutation each. */
const multipliers = Uint32Array.from({ length: size }, (_, index) => mix(index + 1) | 1)

/**
 * The MinHash of a folded text over its 4-grams, links and digits aside; null when there is too
 * little of it. Two signatures agree in about the share of 4-grams that both texts have (A. Broder,
 * On the resemblance and containment of documents, 1997).
 */
export function signatureOf(folded: string): Signature | null {
  const text = folded.replace(link, '\u0001').replace(/\p{Nd}+/gu, '0')
  if (text.length < shortest) return null
  const least = new Uint32Array(size).fill(0xffffffff)
  for (let at = 0; at + gram <= text.length; at++) {
    let hash = 0x811c9dc5
    for (let unit = at; unit < at + gram; unit++) hash = Math.imul(hash ^ text.charCodeAt(unit), 0x01000193)
    hash = mix(hash)
    for (let place = 0; place < size; place++) {
      const product = Math.imul(hash, multipliers[place] as number)
      const value = (product ^ (product >>> 15)) >>> 0
      if (value < (least[place] as number)) least[place] = value
    }
  }
  // Least values are small: only their lower halves differ by more than the text's length.
  return Array.from(least, (value) => mix(value) & 0xffff)
}

/**
 * The quarters of a signature as it is written, to find it by: signatures that agree in thirteen places or more have
 * one in common, and so have six of seven that agree in twelve.
 */
export function partsOf(signature: Signature): string[] {
  return Array.from({ length: 4 }, (_, quarter) =>
    writeSignature(signature.slice(quarter * 4, quarter * 4 + 4)),
  )
}

/** In how many of their sixteen places two signatures agree. */
export function agreement(one: Signature, other: Signature): number {
  return one.filter((value, place) => value === other[place]).length
}

/** A signature as text, four hexadecimal digits a value. */
export function writeSignature(signature: Signature): string {
  return signature.map((value) => value.toString(16).padStart(4, '0')).join('')
}

/** The signature that a text stands for. */
export function readSignature(text: string): Signature {
  return Array.from({ length: size }, (_, place) => Number.parseInt(text.slice(place * 4, place * 4 + 4), 16))
}

/** Spreads every bit of a number over 32 (the final mix of MurmurHash3). */
function mix(number: number): number {
  let hash = number
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
