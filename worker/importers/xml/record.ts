/** Characters of one field; a comment may have 65,000. */
const longestField = 1024 * 1024

/** Characters of all fields of a record, each counted as this many more. */
const mostOfRecord = 4 * 1024 * 1024
const eachField = 100

/** An element within a record, with its attributes and its text. */
export interface XmlField {
  attributes: ReadonlyMap<string, string>
  text: string
}

/** An element that a format asked for, with what it wanted to be kept of what is in it. */
export class XmlRecord {
  readonly kind = 'record'
  readonly path: string
  readonly line: number
  readonly attributes: ReadonlyMap<string, string>
  readonly within: XmlRecord | null
  readonly #fields = new Map<string, XmlField[]>()
  #size = 0
  /** More is in it than can be held: the rest was not kept. */
  isTooLong = false

  /**
   * @param path its names from the root, `rss/channel/item`
   * @param line where it begins
   * @param within the record that it is in, as far as that was read by then
   */
  constructor(path: string, line: number, attributes: ReadonlyMap<string, string>, within: XmlRecord | null) {
    this.path = path
    this.line = line
    this.attributes = attributes
    this.within = within
  }

  /** The text of the first field of a path, `author/name`, without spaces around it; empty where there is none. */
  text(path: string): string {
    return this.#fields.get(path)?.[0]?.text.trim() ?? ''
  }

  /** An attribute of the first field of a path, or of the record itself; empty where there is none. */
  attribute(name: string, path?: string): string {
    const attributes = path === undefined ? this.attributes : this.#fields.get(path)?.[0]?.attributes
    return attributes?.get(name)?.trim() ?? ''
  }

  has(path: string): boolean {
    return this.#fields.has(path)
  }

  /** All fields of a path, in their order. */
  all(path: string): readonly XmlField[] {
    return this.#fields.get(path) ?? []
  }

  /** Begins a field; null where there is no room for it. */
  begin(path: string, attributes: ReadonlyMap<string, string>): XmlField | null {
    if (!this.#takes(eachField)) return null
    const field = { attributes, text: '' }
    const fields = this.#fields.get(path)
    if (fields) fields.push(field)
    else this.#fields.set(path, [field])
    return field
  }

  /** Adds to the text of one of its fields. */
  extend(field: XmlField, text: string): void {
    if (field.text.length + text.length > longestField) this.isTooLong = true
    else if (this.#takes(text.length)) field.text += text
  }

  #takes(size: number): boolean {
    this.#size += size
    if (this.#size > mostOfRecord) this.isTooLong = true
    return this.#size <= mostOfRecord
  }
}

/** A text that is kept: by itself it would keep the whole piece of the file that it is a part of (V8's sliced strings). */
export const copied = (text: string): string => JSON.parse(JSON.stringify(text))
