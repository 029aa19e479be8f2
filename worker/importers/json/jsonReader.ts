import { Tokenizer, TokenType } from '@streamparser/json'
import type { Broken } from '../entry.ts'
import { type JsonRecord, RecordTokens } from './recordTokens.ts'

/** The most bytes that are looked at in one go. */
export const piece = 64 * 1024

/** The most characters of a text that are kept; the rest of it is passed over. */
export const longestText = 1024 * 1024

/** The most characters of a number. */
const longestNumber = 1000

const quote = 34
const backslash = 92
const newline = 10
const hash = 35

/** Reads the bytes of one file, and goes on after a line that is no JSON where each line is a record. */
export class JsonReader {
  readonly #paths: string[]
  readonly #found: (JsonRecord | Broken)[] = []
  #tokens: RecordTokens
  #tokenizer: Tokenizer
  #line = 1
  /** Nothing of this line was read yet. */
  #atStart = true
  /** The line on which the root began that is open. */
  #rootLine = 1
  /** The rest of this line is of no use. */
  #skipsLine = false
  /** A text is too long: bytes are passed over until it ends. */
  #cutsText = false
  #escaped = false
  /** Bytes of a number that has no end yet. */
  #numberBytes = 0
  #inNumber = false
  /** Nothing more can be read. */
  over = false

  constructor(paths: string[]) {
    this.#paths = paths
    ;[this.#tokens, this.#tokenizer] = this.#anew()
  }

  #anew(): [RecordTokens, Tokenizer] {
    const tokens = new RecordTokens(this.#paths)
    const tokenizer = new Tokenizer({ separator: '', emitPartialTokens: true })
    this.#cutsText = false
    this.#numberBytes = 0
    tokenizer.onToken = (token) => {
      if (token.partial) {
        this.#cutsText = typeof token.value === 'string' && token.value.length > longestText
        this.#inNumber = token.token === TokenType.NUMBER
        return
      }
      if (tokens.depth === 0) this.#rootLine = this.#line
      tokens.write(token)
    }
    return [tokens, tokenizer]
  }

  /** What was found since it was asked before. */
  take(): (JsonRecord | Broken)[] {
    const found = this.#found.flatMap((entry) =>
      entry.kind === 'record' && entry.cut
        ? [broken(entry.line, 'This record is far too large for a comment. It was left out.')]
        : [entry],
    )
    this.#found.length = 0
    return found
  }

  /** Reads more. */
  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && !this.over; ) {
      const end = bytes.indexOf(newline, at)
      const next = end === -1 ? bytes.length : end + 1
      this.#writeLine(bytes.subarray(at, next))
      this.#atStart = end !== -1
      if (end !== -1) {
        this.#line += 1
        this.#skipsLine = false
      }
      at = next
    }
  }

  /** Reads a line, or a part of one. */
  #writeLine(bytes: Uint8Array) {
    if (this.#atStart && bytes[0] === hash && this.#tokens.depth === 0) this.#skipsLine = true
    if (this.#skipsLine) return
    const rest = this.#cutsText ? this.#afterText(bytes) : bytes
    if (rest.length === 0) return
    const before = this.#rootLine
    const open = this.#tokens.depth > 0
    try {
      this.#feed(rest)
    } catch {
      const began = open ? before : this.#line
      const oneLine =
        this.#paths.includes('$') &&
        (began === this.#line || (this.#atStart && began === this.#line - 1 && open))
      this.#fail(oneLine ? began : this.#line)
      ;[this.#tokens, this.#tokenizer] = this.#anew()
      if (!oneLine) {
        this.over = true
        return
      }
      this.#skipsLine = began === this.#line
      if (!this.#skipsLine) this.#writeLine(bytes)
    }
  }

  #feed(bytes: Uint8Array) {
    this.#tokens.line = this.#line
    this.#inNumber = false
    this.#tokenizer.write(bytes)
    this.#gather()
    this.#numberBytes = this.#inNumber ? this.#numberBytes + bytes.length : 0
    if (this.#numberBytes > longestNumber + piece) throw new RangeError('A number is too long.')
  }

  #gather() {
    for (const record of this.#tokens.records.splice(0)) this.#found.push(record)
  }

  /** What follows the text that is cut: its quote, or the end of a line, which no text has. */
  #afterText(bytes: Uint8Array): Uint8Array {
    for (let at = 0; at < bytes.length; at += 1) {
      if (this.#escaped) this.#escaped = false
      else if (bytes[at] === backslash) this.#escaped = true
      else if (bytes[at] === quote || bytes[at] === newline) {
        this.#cutsText = false
        return bytes.subarray(at)
      }
    }
    return new Uint8Array()
  }

  #fail(line: number) {
    this.#gather()
    this.#found.push(
      broken(line, 'This is no JSON from here on. Export the file again, or mend this line in an editor.'),
    )
  }

  /** Reads the end of the file. */
  end(): void {
    if (this.over) return
    try {
      this.#tokens.line = this.#line
      this.#tokenizer.end()
      this.#gather()
      if (this.#tokens.depth === 0) return
    } catch {
      this.#gather()
    }
    this.#found.push(
      broken(
        this.#tokens.depth === 0 ? this.#line : this.#rootLine,
        'The file ends within what begins here: it did not arrive whole. Download or export it again.',
      ),
    )
  }
}

function broken(line: number, message: string): Broken {
  return { kind: 'broken', line, message }
}
