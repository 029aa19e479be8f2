import sax from 'sax'
import type { Broken } from '../entry.ts'
import { mended } from './mended.ts'
import { type XmlField, XmlRecord } from './record.ts'

/** What a format wants of a file. */
export interface XmlShape {
  /** The prefix that a namespace's elements and attributes have in paths, whatever the file calls it; null for any other. */
  prefixOf(namespace: string): string | null
  /** Elements that are yielded, by their path from the root, and what is kept of each: paths from it. */
  records: Readonly<Record<string, readonly string[]>>
}

/** Elements within each other, attributes of one, and mistakes of a file; an unknown entity is a small one. */
const deepest = 200
const mostAttributes = 1000
const longestTag = 64 * 1024
const mostMistakes = 5000
const smallMistake = 0.01

/** What the parser notices and gets over without a loss. */
const harmless =
  /^(Invalid character entity|Invalid character in entity|Unbound namespace|Unencoded <|Unquoted attribute|Malformed comment|Text data outside|Non-whitespace before|XML declaration)/

/**
 * Reads XML 1.0 as it comes, and yields the elements that a format asked for as soon as each ends: an inner one before
 * the one that it is in. What is wrong in the file is told with its line, and reading goes on where that can be.
 * Nothing outside of the file is read, and of a DOCTYPE nothing is: entities that it declares stay as they are written.
 */
export async function* readXml(
  text: AsyncIterable<string>,
  shape: XmlShape,
): AsyncGenerator<XmlRecord | Broken> {
  const reading = new Reading(shape)
  for await (const piece of mended(text)) {
    reading.write(piece)
    yield* reading.taken()
    if (reading.isOver) return
  }
  reading.end()
  yield* reading.taken()
}

const tooLongTag = 'A tag or a comment is longer than 64 kB.'

/** An end of reading before the end of the file. */
class Stop extends Error {}

class Reading {
  readonly #parser = sax.parser(true, { xmlns: true })
  readonly #wanted: Map<string, Set<string>>
  readonly #prefixOf: XmlShape['prefixOf']
  readonly #prefixes = new Map<string, string>()
  /** Paths of the open elements, those of them that are records, and fields of these. */
  readonly #paths: string[] = []
  readonly #records: { record: XmlRecord; depth: number }[] = []
  readonly #fields: { record: XmlRecord; field: XmlField; depth: number }[] = []
  #made: (XmlRecord | Broken)[] = []
  #line = 1
  #attributes = 0
  #isInTag = false
  #mistakes = 0
  #toldLine = -1
  #hasRoot = false
  isOver = false

  constructor({ prefixOf, records }: XmlShape) {
    this.#prefixOf = prefixOf
    this.#wanted = new Map(Object.entries(records).map(([path, fields]) => [path, new Set(fields)]))
    const parser = this.#parser
    // Names such as `constructor` are no entities.
    const entities: Record<string, string> = Object.create(null)
    for (const name in parser.ENTITIES) entities[name] = parser.ENTITIES[name] as string
    parser.ENTITIES = entities
    parser.onopentagstart = () => {
      this.#line = parser.line + 1
      this.#attributes = 0
      this.#isInTag = true
    }
    parser.onattribute = () => {
      if (++this.#attributes > mostAttributes) throw new Stop('An element has too many attributes.')
    }
    parser.onopentag = (tag) => this.#open(tag as sax.QualifiedTag)
    parser.onclosetag = () => this.#close()
    parser.ontext = (text) => this.#add(text)
    parser.oncdata = (text) => this.#add(text)
    parser.ondoctype = (doctype) => {
      if (/<!ENTITY/i.test(doctype))
        this.#tell('Entities that the file declares are not read. What names them stays as it is written.')
    }
    parser.onerror = (error) => this.#mistake(error.message)
  }

  /** What was found since it was last asked. */
  taken(): (XmlRecord | Broken)[] {
    const made = this.#made
    this.#made = []
    return made
  }

  write(piece: string): void {
    try {
      this.#parser.write(piece)
      // The parser tells of attributes once it has all of a tag.
      if (this.#isInTag && this.#parser.position - this.#parser.startTagPosition > longestTag)
        throw new Stop(tooLongTag)
    } catch (error) {
      this.isOver = true
      const why = error instanceof Stop ? error.message : 'This is no XML.'
      this.#tell(`${why} Reading ends here; what came before is kept.`)
    }
  }

  end(): void {
    const open = this.#paths.at(-1)
    if (open !== undefined)
      this.#tell(
        `The file ends within <${nameOf(open)}>: it was cut off. What came before is kept; export it again for the rest.`,
      )
    else if (!this.#hasRoot) this.#tell('There is no XML in this file.')
  }

  #open(tag: sax.QualifiedTag): void {
    if (this.#paths.length >= deepest) throw new Stop('Elements are nested too deep.')
    this.#hasRoot = true
    this.#isInTag = false
    const name = this.#nameOf(tag)
    const parent = this.#paths.at(-1)
    const path = parent === undefined ? name : `${parent}/${name}`
    this.#paths.push(path)
    const depth = this.#paths.length
    const outer = this.#records.at(-1)?.record
    if (this.#wanted.has(path)) {
      const record = new XmlRecord(path, this.#line, this.#attributesOf(tag), outer ?? null)
      this.#records.push({ record, depth })
    } else if (outer) {
      const inner = path.slice(outer.path.length + 1)
      const field = this.#wanted.get(outer.path)?.has(inner) && outer.begin(inner, this.#attributesOf(tag))
      if (field) this.#fields.push({ record: outer, field, depth })
    }
  }

  #close(): void {
    const depth = this.#paths.length
    this.#paths.pop()
    if (this.#fields.at(-1)?.depth === depth) this.#fields.pop()
    const last = this.#records.at(-1)
    if (last?.depth !== depth) return
    this.#records.pop()
    this.#made.push(last.record)
  }

  #add(text: string): void {
    const open = this.#fields.at(-1)
    const record = this.#records.at(-1)?.record
    // Text of a record in a field of another one is not that field's.
    if (open && open.record === record) open.record.extend(open.field, text)
  }

  #mistake(message: string): void {
    this.#parser.resume()
    if (message.startsWith('Max buffer')) throw new Stop(tooLongTag)
    this.#mistakes += message.startsWith('Invalid character') ? smallMistake : 1
    if (this.#mistakes > mostMistakes) throw new Stop('There are too many mistakes in this XML.')
    if (harmless.test(message)) return
    const [what = ''] = message.split('\n')
    // A mistake often makes others on its line.
    if (this.#toldLine !== this.#parser.line)
      this.#tell(
        `This XML is not well-formed (${what.replace(/\.$/, '').toLowerCase().slice(0, 200)}). Look at what was brought of this place.`,
      )
    this.#toldLine = this.#parser.line
  }

  #tell(message: string): void {
    this.#made.push({ kind: 'broken', line: this.#parser.line + 1, message })
  }

  #attributesOf(tag: sax.QualifiedTag): Map<string, string> {
    return new Map(Object.values(tag.attributes).map((one) => [this.#nameOf(one), one.value]))
  }

  #nameOf({ prefix, local, uri }: sax.QualifiedName): string {
    const namespace = String(uri)
    let known = this.#prefixes.get(namespace)
    if (known === undefined) {
      known = this.#prefixOf(namespace) ?? prefix
      if (this.#prefixes.size < 100) this.#prefixes.set(namespace, known)
    }
    return known ? `${known}:${local}` : local
  }
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)
