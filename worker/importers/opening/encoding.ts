import { headSize, joined } from './bytes.ts'
import type { Warning } from './problems.ts'

/** How bytes are read as text. */
export interface Encoding {
  /** A label of the Encoding Standard. */
  label: string
  /** What whoever opens the file should know of that. */
  warning: Omit<Warning, 'file'> | null
}

/** Bytes of a sample by which encodings are told that are not UTF-8. */
const sampleSize = 256 * 1024

/** The part of characters beyond ASCII that may be broken where a text is of an encoding all the same. */
const tolerated = 0.02

/** The same for UTF-8, which no other text looks like. */
const toleratedInUtf8 = 0.2

/** The encoding that the first bytes tell by themselves: by a mark, or by the zeros of ASCII in UTF-16. */
function markedEncoding(head: Uint8Array): string | null {
  const [first, second, third] = head
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  for (let at = 0; at < head.length; at++) if (head[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const enough = Math.max(8, head.length / 40)
  if (odd >= enough && even <= odd / 10) return 'utf-16le'
  if (even >= enough && odd <= even / 10) return 'utf-16be'
  return null
}

/** What an XML declaration says, where the platform knows that encoding; what it knows not, as it stands. */
function declaredEncoding(head: Uint8Array): string | null {
  const start = new TextDecoder('windows-1252').decode(head.subarray(0, 200))
  const name = /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1]
  if (!name) return null
  try {
    return new TextDecoder(name).encoding
  } catch {
    return name.toLowerCase()
  }
}

/**
 * Tells how a file is encoded, by reading all of it: what UTF-8 is must be so to the end.
 *
 * @param head its first 64 kB
 */
export async function encodingOf(head: Uint8Array, bytes: AsyncIterable<Uint8Array>): Promise<Encoding> {
  const marked = markedEncoding(head)
  if (marked) return { label: marked, warning: null }
  const declared = declaredEncoding(head)
  const { isUtf8, isAscii, switches, sample } = await scanned(bytes)
  if (isAscii && switches) return { label: 'iso-2022-jp', warning: contradiction(declared, 'iso-2022-jp') }
  if (isUtf8) return { label: 'utf-8', warning: isAscii ? null : contradiction(declared, 'utf-8') }
  if (broken(sample, 'utf-8') <= toleratedInUtf8)
    return { label: 'utf-8', warning: { code: 'bad_characters', what: 'utf-8' } }
  const japanese = japaneseOf(sample)
  const fits = declared !== null && declared !== 'utf-8' && broken(sample, declared) <= tolerated
  if (fits && (!japanese || !isSingleByte(declared))) return { label: declared, warning: null }
  if (japanese)
    return {
      label: japanese,
      warning: contradiction(declared, japanese) ?? { code: 'assumed_encoding', what: japanese },
    }
  return { label: 'windows-1252', warning: { code: 'assumed_encoding', what: 'windows-1252' } }
}

/** Text of a file's head, for telling its format: what is beyond ASCII matters little there. */
export const headText = (head: Uint8Array) =>
  new TextDecoder(markedEncoding(head) ?? 'utf-8').decode(head, { stream: true })

/** Text of bytes, a piece at a time; a character may lie across two of them. */
export async function* decoded(bytes: AsyncIterable<Uint8Array>, label: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(label)
  for await (const piece of bytes) {
    const text = decoder.decode(piece, { stream: true })
    if (text) yield text
  }
  const rest = decoder.decode()
  if (rest) yield rest
}

const contradiction = (declared: string | null, found: string): Encoding['warning'] =>
  declared === null || declared === found ? null : { code: 'declared_otherwise', what: found }

const isSingleByte = (label: string) => /^(windows-|iso-8859-|koi8-|macintosh|ibm866|x-mac)/.test(label)

interface Scan {
  isUtf8: boolean
  isAscii: boolean
  /** It has escapes of ISO-2022-JP. */
  switches: boolean
  /** Its first pieces with bytes beyond ASCII. */
  sample: Uint8Array
}

async function scanned(bytes: AsyncIterable<Uint8Array>): Promise<Scan> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const pieces: Uint8Array[] = []
  let kept = 0
  let isUtf8 = true
  let switches = false
  for await (const piece of bytes) {
    switches ||= switchesToJapanese(piece)
    let isAscii = false
    try {
      // As many characters as bytes: those are ASCII, or parts of what lies across pieces.
      if (isUtf8) isAscii = decoder.decode(piece, { stream: true }).length === piece.length
    } catch {
      isUtf8 = false
      // Where it stops to be UTF-8 the sample must have it.
      kept = Math.min(kept, sampleSize - headSize)
    }
    if (!isAscii && kept < sampleSize) {
      pieces.push(piece.slice(0, sampleSize - kept))
      kept += Math.min(piece.length, sampleSize - kept)
    }
    if (!isUtf8 && kept >= sampleSize) break
  }
  try {
    if (isUtf8) decoder.decode()
  } catch {
    isUtf8 = false
  }
  return { isUtf8, isAscii: kept === 0, switches, sample: joined(pieces) }
}

function switchesToJapanese(piece: Uint8Array): boolean {
  for (let at = piece.indexOf(0x1b); at >= 0; at = piece.indexOf(0x1b, at + 1)) {
    const two = String.fromCharCode(piece[at + 1] ?? 0, piece[at + 2] ?? 0)
    if (two === '$B' || two === '$@' || two === '(J') return true
  }
  return false
}

const tried = (sample: Uint8Array, label: string): string | null => {
  try {
    return new TextDecoder(label).decode(sample)
  } catch {
    return null
  }
}

const countOf = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0

/** The part of characters beyond ASCII that are broken in an encoding. */
function broken(sample: Uint8Array, label: string): number {
  const text = tried(sample, label)
  if (text === null) return 1
  return countOf(text, /\ufffd/g) / Math.max(1, countOf(text, /[^\0-\x7f]/g))
}

/** Shift_JIS or EUC-JP, where that gives Japanese: with few broken characters, and with kana. */
function japaneseOf(sample: Uint8Array): string | null {
  const kana = ['shift_jis', 'euc-jp'].map((label) => {
    const text = tried(sample, label) ?? ''
    const beyond = Math.max(1, countOf(text, /[^\0-\x7f]/g))
    const isWhole = countOf(text, /\ufffd/g) / beyond <= tolerated
    return { label, share: isWhole ? countOf(text, /[\u3041-\u30ff]/g) / beyond : 0 }
  })
  const best = kana.toSorted((one, other) => other.share - one.share)[0]
  return best && best.share >= 0.05 ? best.label : null
}
