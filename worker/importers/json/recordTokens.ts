import { type ParsedTokenInfo, TokenParser, TokenType } from '@streamparser/json'

/** How deep a value may be nested. What is deeper is read as null. */
const deepest = 64

/** How much of a record is kept: its characters, and 16 for each of its parts. What follows is passed over. */
const largest = 8 * 1024 * 1024

/** Tokens, besides brackets that open, of which something is kept. */
const counted = new Set([TokenType.STRING, TokenType.NUMBER, TokenType.TRUE, TokenType.FALSE, TokenType.NULL])

/** A value of a file that a format asked for. */
export interface JsonRecord {
  kind: 'record'
  /** Where it stands, by names: `data.Comment.*`. An element of an array is `*`, and a root is ''. */
  place: string
  value: unknown
  /** The line on which it begins. */
  line: number
  /** It was too large, and its end is not there. */
  cut: boolean
}

/** A depth at which records are. */
interface Level {
  depth: number
  /** The line on which the record here begins. */
  line: number
  /** How large it is so far, without the records that it held. */
  weight: number
  /** How large those around it were when it began, the outermost first. */
  around: number[]
  cut: boolean
  /** It held records, so it is none itself. */
  held: boolean
}

/**
 * Makes records of tokens and holds no more than one of them: what is no record goes, what is too deep is null, and what
 * is too large is cut after one of its parts.
 */
export class RecordTokens {
  /** Brackets that are open. */
  depth = 0
  /** The line that is read now. */
  line = 1
  readonly records: JsonRecord[] = []
  readonly #places: Set<string>
  readonly #levels: Level[]
  readonly #parser: TokenParser
  /** What closes the brackets that are open, the outermost first. */
  readonly #closers: TokenType[] = []
  /** Tokens are passed over until so many brackets are open. */
  #skip: { to: number; closed: boolean } | null = null

  /** @param paths Where records are: `$` for roots, `$.data.*` for what an array there holds. */
  constructor(paths: string[]) {
    this.#places = new Set(paths.map((path) => path.replace(/^\$\.?/, '')))
    const depths = new Set(paths.map((path) => path.split('.').length - 1))
    this.#levels = [...depths]
      .toSorted((a, b) => a - b)
      .map((depth) => ({ depth, line: 1, weight: 0, around: [], cut: false, held: false }))
    this.#parser = new TokenParser({ paths, keepStack: false, separator: '' })
    this.#parser.onValue = ({ value, key, parent, stack }) => {
      const names = stack.length === 0 ? [] : [...stack.slice(1).map((element) => element.key), key]
      const place = names.map((name) => (typeof name === 'number' ? '*' : name)).join('.')
      if (!this.#places.has(place) || (Array.isArray(value) && (place === '' || value.length === 0))) return
      if (Array.isArray(parent)) parent.length = 0
      this.#give(value, stack.length, place)
    }
  }

  #give(value: unknown, depth: number, place: string) {
    const level = this.#levels.find((level) => level.depth === depth)
    if (!level) return
    const line = typeof value === 'object' && value !== null ? level.line : this.line
    if (!level.held || level.cut) this.records.push({ kind: 'record', place, value, line, cut: level.cut })
    for (const [at, outer] of this.#levels.entries()) {
      if (outer === level) break
      outer.weight = level.around[at] ?? 0
      outer.held = true
    }
  }

  /** Takes a token. Throws where it does not belong. */
  write(token: ParsedTokenInfo): void {
    const type = token.token
    const opens = type === TokenType.LEFT_BRACE || type === TokenType.LEFT_BRACKET
    const closes = type === TokenType.RIGHT_BRACE || type === TokenType.RIGHT_BRACKET
    if (closes) this.depth -= 1
    if (this.#skip) {
      if (opens) this.depth += 1
      if (!closes || this.depth > this.#skip.to) return
      const { closed } = this.#skip
      this.#skip = null
      if (closed) return
    } else if (opens && this.depth === deepest) {
      this.#parser.write({ token: TokenType.NULL, value: null })
      this.#skip = { to: this.depth, closed: true }
      this.depth += 1
      return
    }
    if (type === TokenType.COMMA && this.#cut()) return
    this.#weigh(token, opens)
    if (opens) {
      this.depth += 1
      this.#closers.push(type === TokenType.LEFT_BRACE ? TokenType.RIGHT_BRACE : TokenType.RIGHT_BRACKET)
    }
    if (closes) this.#closers.pop()
    this.#parser.write(token)
    if (!closes && type !== TokenType.COMMA) return
    for (const level of this.#levels) {
      if (level.depth === this.depth) Object.assign(level, { weight: 0, cut: false, held: false })
    }
  }

  /** Counts what a token adds to what is kept: an object, an array, a name or a value. */
  #weigh({ token, value }: ParsedTokenInfo, opens: boolean) {
    if (!opens && !counted.has(token)) return
    const inner = this.#levels.find((level) => level.depth === this.depth)
    if (inner) {
      if (opens) inner.line = this.line
      for (const [at, level] of this.#levels.entries()) inner.around[at] = level.weight
    }
    const weight = 16 + (typeof value === 'string' ? value.length : 0)
    for (const level of this.#levels) if (level.depth < this.depth) level.weight += weight
  }

  /** Ends a record that is too large: closes what is open in it, and passes over the rest. */
  #cut(): boolean {
    const full = this.#levels.findLast((level) => level.depth < this.depth && level.weight > largest)
    if (!full) return false
    full.cut = true
    while (this.#closers.length > full.depth + 1) {
      const token = this.#closers.pop() ?? TokenType.RIGHT_BRACKET
      this.#parser.write({ token, value: token === TokenType.RIGHT_BRACE ? '}' : ']' })
    }
    this.#skip = { to: full.depth, closed: false }
    return true
  }
}
