import { fromBase64, toBase64 } from './bytes.ts'

/** Buckets that n-grams and words are hashed into. */
export const buckets = 2 ** 15

/** Most n-grams, and most words and pairs, that a lesson keeps. */
const kept = { grams: 1024, words: 512 }

/** How much more a word, or a pair of neighbouring words, counts than an n-gram. */
const wordWeight = 3
const longestGram = 4

/** What the learner reads of a text: distinct buckets, and the signs of `signsOf`. */
export interface Features {
  grams: Uint16Array
  words: Uint16Array
  signs: number
}

const seen = new Uint8Array(buckets)
const scratch = new Uint16Array(longestGram * 4096 + 8192)

/** FNV-1a's prime and offset, with the finish of MurmurHash3 so that every bit counts. */
const prime = 0x01000193
const gramSeed = 0x811c9dc5
const wordSeed = 0x9747b28c

function bucketOf(hash: number): number {
  let mixed = hash ^ (hash >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) & (buckets - 1)
}

/**
 * Hashed features of a folded text: its character n-grams of 1 to 4 with a mark at each end, its
 * words, and its pairs of neighbouring words; each bucket once, in order of appearance (the
 * hashing trick: Weinberger et al., 2009).
 */
export function featuresOf(folded: string, signs: number): Features {
  const grams = collect((add) => {
    const length = folded.length + 2
    const unit = (at: number) => (at === 0 ? 2 : at === length - 1 ? 3 : folded.charCodeAt(at - 1))
    for (let start = 0; start < length; start++) {
      let hash = gramSeed
      for (let size = 1; size <= longestGram && start + size <= length; size++) {
        hash = Math.imul(hash ^ unit(start + size - 1), prime)
        add(bucketOf(hash ^ Math.imul(size, 0x9e3779b9)))
      }
    }
  })
  const words = collect((add) => {
    let before = 0
    for (const word of wordsOf(folded)) {
      const hash = hashOf(word)
      add(bucketOf(hash))
      const pairs = !unspaced.test(word)
      if (pairs && before !== 0) add(bucketOf(Math.imul(before, 31) ^ hash ^ 0x55555))
      before = pairs ? hash : 0
    }
  })
  return { grams, words, signs }
}

/** The bucket of one of `wordsOf`. */
export const wordBucket = (word: string) => bucketOf(hashOf(word))

/** Letters of scripts that put no spaces between words. */
const letter =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u30fc\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]'
const unspaced = new RegExp(letter, 'u')
const run = new RegExp(`${letter}+|(?:(?!${letter})[\\p{L}\\p{M}\\p{N}])+`, 'gu')

/**
 * The words of a folded text. Where a script puts no spaces between them, each two neighbouring
 * letters stand for one, as search engines have it.
 */
export function wordsOf(folded: string): string[] {
  return (folded.match(run) ?? []).flatMap((found) => {
    if (found.length < 3 || !unspaced.test(found)) return [found]
    return Array.from({ length: found.length - 1 }, (_, at) => found.slice(at, at + 2))
  })
}

function hashOf(word: string): number {
  let hash = wordSeed
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), prime)
  return hash
}

function collect(produce: (add: (bucket: number) => void) => void): Uint16Array {
  let count = 0
  produce((bucket) => {
    if (seen[bucket] === 1 || count === scratch.length) return
    seen[bucket] = 1
    scratch[count++] = bucket
  })
  const found = scratch.slice(0, count)
  for (const bucket of found) seen[bucket] = 0
  return found
}

/** The value of an n-gram's bucket and of a word's, so that the text's vector has unit length. */
export function values({ grams, words }: Features): { gram: number; word: number } {
  const gram = 1 / Math.sqrt(Math.max(1, grams.length + wordWeight * wordWeight * words.length))
  return { gram, word: gram * wordWeight }
}

/** A lesson's features as text. Of a very long comment a sample is kept: those of the lowest hashes. */
export function pack({ grams, words, signs }: Features): string {
  const some = { grams: sample(grams, kept.grams), words: sample(words, kept.words) }
  const all = new Uint16Array(3 + some.grams.length + some.words.length)
  all.set([signs & 0xffff, signs >>> 16, some.grams.length])
  all.set(some.grams, 3)
  all.set(some.words, 3 + some.grams.length)
  return toBase64(all)
}

export function unpack(text: string): Features {
  const all = new Uint16Array(fromBase64(text).buffer)
  const [low = 0, high = 0, count = 0] = all
  return { signs: low | (high << 16), grams: all.subarray(3, 3 + count), words: all.subarray(3 + count) }
}

const sample = (found: Uint16Array, most: number) =>
  found.length <= most
    ? found
    : found
        .toSorted((one, other) => (Math.imul(one, 0x9e37) % 65_537) - (Math.imul(other, 0x9e37) % 65_537))
        .slice(0, most)
