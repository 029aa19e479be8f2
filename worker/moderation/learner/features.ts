import { fromBase64, toBase64 } from '../text/bytes.ts'
import { isAscii } from '../text/normalize.ts'

/** Buckets that n-grams and words are hashed into. */
export const buckets = 2 ** 15

/** Most n-grams, words and pairs of words that a lesson keeps. */
const kept = { grams: 1024, words: 384, pairs: 256 }

/** How much more a word, or a pair of neighbouring words, counts than an n-gram. */
const wordWeight = 4
const longestGram = 4

/** What the learner reads of a text: distinct buckets, and the signs of `signsOf`. */
export interface Features {
  grams: Uint16Array
  words: Uint16Array
  pairs: Uint16Array
  signs: number
}

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

/** Distinct buckets in order of appearance. One list is filled at a time. */
const found = { seen: new Uint8Array(buckets), list: new Uint16Array(buckets), count: 0 }

function add(bucket: number): void {
  if (found.seen[bucket] === 1) return
  found.seen[bucket] = 1
  found.list[found.count++] = bucket
}

function taken(): Uint16Array {
  const list = found.list.slice(0, found.count)
  for (const bucket of list) found.seen[bucket] = 0
  found.count = 0
  return list
}

/**
 * Hashed features of a folded text: its character n-grams of 1 to 4 with a mark at each end, its
 * words, and its pairs of neighbouring words; each bucket once, in order of appearance (the
 * hashing trick: Weinberger et al., 2009).
 */
export function featuresOf(folded: string, signs: number): Features {
  const grams = gramsOf(folded)
  const hashes = wordHashes(folded)
  for (const hash of hashes) add(bucketOf(Math.abs(hash)))
  const words = taken()
  let before = 0
  for (const hash of hashes) {
    // A negative hash stands for letters without spaces, which have no neighbours but each other.
    if (hash > 0 && before > 0) add(bucketOf(Math.imul(before, 31) ^ hash ^ 0x55555))
    before = hash
  }
  return { grams, words, pairs: taken(), signs }
}

/** The buckets of a folded text's words alone. */
export function wordBuckets(folded: string): Uint16Array {
  for (const hash of wordHashes(folded)) add(bucketOf(Math.abs(hash)))
  return taken()
}

/** The buckets of a folded text's n-grams of one size; of a shorter text, that of all of it. */
export function gramsOfSize(folded: string, size: number): Uint16Array {
  const most = Math.min(size, folded.length)
  for (let start = 0; most > 0 && start + most <= folded.length; start++) {
    let hash = gramSeed
    for (let at = start; at < start + most; at++) hash = Math.imul(hash ^ folded.charCodeAt(at), prime)
    add(gramBucket(hash, most))
  }
  return taken()
}

const gramBucket = (hash: number, size: number) => bucketOf(hash ^ Math.imul(size, 0x9e3779b9))

const units = new Uint16Array(4098)

function gramsOf(folded: string): Uint16Array {
  const length = Math.min(folded.length, units.length - 2) + 2
  units[0] = 2
  for (let at = 1; at < length - 1; at++) units[at] = folded.charCodeAt(at - 1)
  units[length - 1] = 3
  for (let start = 0; start < length; start++) {
    let hash = gramSeed
    const end = Math.min(longestGram, length - start)
    for (let size = 1; size <= end; size++) {
      hash = Math.imul(hash ^ (units[start + size - 1] as number), prime)
      add(gramBucket(hash, size))
    }
  }
  return taken()
}

/** Letters of scripts that put no spaces between words. */
const letter =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u30fc\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]'
const unspaced = new RegExp(letter, 'u')
const run = new RegExp(`${letter}+|(?:(?!${letter})[\\p{L}\\p{M}\\p{N}])+`, 'gu')

/** The words of a text in ASCII, which no table of characters is asked about. */
const asciiRun = /[a-z\d]+/gi

/**
 * Hashes of a folded text's words, positive numbers of 31 bits. Where a script puts no spaces
 * between words, each two neighbouring letters stand for one, as search engines have it, and
 * their hashes are negative.
 */
function wordHashes(folded: string): number[] {
  const hashes: number[] = []
  if (isAscii(folded)) {
    for (const text of folded.match(asciiRun) ?? []) hashes.push(hashOf(text, 0, text.length))
    return hashes
  }
  for (const text of folded.match(run) ?? []) {
    if (!unspaced.test(text)) hashes.push(hashOf(text, 0, text.length))
    else if (text.length < 3) hashes.push(-hashOf(text, 0, text.length))
    else for (let at = 0; at + 2 <= text.length; at++) hashes.push(-hashOf(text, at, at + 2))
  }
  return hashes
}

function hashOf(text: string, from: number, to: number): number {
  let hash = wordSeed
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ text.charCodeAt(at), prime)
  return (hash & 0x7fffffff) | 1
}

/** The value of an n-gram's bucket and of a word's or a pair's, so that the text's vector has unit length. */
export function values({ grams, words, pairs }: Features): { gram: number; word: number } {
  const squares = grams.length + wordWeight * wordWeight * (words.length + pairs.length)
  const gram = 1 / Math.sqrt(Math.max(1, squares))
  return { gram, word: gram * wordWeight }
}

/** How many features there are. */
export const sizeOf = ({ grams, words, pairs }: Features) => grams.length + words.length + pairs.length

/** A lesson's features as text. Of a very long comment a sample is kept: those of the lowest hashes. */
export function pack({ grams, words, pairs, signs }: Features): string {
  const lists = [sample(grams, kept.grams), sample(words, kept.words), sample(pairs, kept.pairs)] as const
  const [some, named, paired] = lists
  const all = new Uint16Array(4 + some.length + named.length + paired.length)
  all.set([signs & 0xffff, signs >>> 16, some.length, named.length])
  all.set(some, 4)
  all.set(named, 4 + some.length)
  all.set(paired, 4 + some.length + named.length)
  return toBase64(all)
}

export function unpack(text: string): Features {
  const all = new Uint16Array(fromBase64(text).buffer)
  const [low = 0, high = 0, some = 0, named = 0] = all
  const words = 4 + some
  return {
    signs: low | (high << 16),
    grams: all.subarray(4, words),
    words: all.subarray(words, words + named),
    pairs: all.subarray(words + named),
  }
}

const sample = (list: Uint16Array, most: number) =>
  list.length <= most
    ? list
    : list
        .toSorted((one, other) => (Math.imul(one, 0x9e37) % 65_537) - (Math.imul(other, 0x9e37) % 65_537))
        .slice(0, most)
