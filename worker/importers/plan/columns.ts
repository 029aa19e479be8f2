/** Numbers in a row that grows without being copied, as plain arrays of a million numbers would be. */
export class Column<Part extends Int32Array | Uint32Array | Uint8Array> {
  static readonly #part = 65_536
  readonly #parts: Part[] = []
  readonly #make: (length: number) => Part

  constructor(make: (length: number) => Part) {
    this.#make = make
  }

  /** The number at a place; 0 where none was set. */
  at(place: number): number {
    return this.#parts[Math.floor(place / Column.#part)]?.[place % Column.#part] ?? 0
  }

  set(place: number, value: number): void {
    const index = Math.floor(place / Column.#part)
    while (this.#parts.length <= index) this.#parts.push(this.#make(Column.#part))
    const part = this.#parts[index] as Part
    part[place % Column.#part] = value
  }
}

export const signed = () => new Column((length) => new Int32Array(length))
export const unsigned = () => new Column((length) => new Uint32Array(length))
export const small = () => new Column((length) => new Uint8Array(length))

/** Gives keys of 64 bits numbers from 0 on, in the order in which they are first asked for. Takes some 20 bytes a key. */
export class KeyNumbers {
  readonly #high = unsigned()
  readonly #low = unsigned()
  /** Numbers of keys, one higher, at the place of their key or the next that was free. */
  #places = new Int32Array(1024)
  count = 0

  /** The number of a key, or -1. */
  find(high: number, low: number): number {
    return (this.#places[this.#place(high, low)] as number) - 1
  }

  /** The number of a key, which gets the next one where it is new. */
  number(high: number, low: number): number {
    const place = this.#place(high, low)
    const known = this.#places[place] as number
    if (known) return known - 1
    this.#high.set(this.count, high)
    this.#low.set(this.count, low)
    this.#places[place] = ++this.count
    if (this.count * 2 > this.#places.length) this.#grow()
    return this.count - 1
  }

  #place(high: number, low: number): number {
    const mask = this.#places.length - 1
    for (let place = (low ^ high) & mask; ; place = (place + 1) & mask) {
      const number = this.#places[place] as number
      if (!number || (this.#low.at(number - 1) === low && this.#high.at(number - 1) === high)) return place
    }
  }

  #grow(): void {
    this.#places = new Int32Array(this.#places.length * 2)
    for (let number = 0; number < this.count; number++)
      this.#places[this.#place(this.#high.at(number), this.#low.at(number))] = number + 1
  }
}
