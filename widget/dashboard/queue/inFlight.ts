/**
 * Which comments are being decided from here. An answer that set out before a decision landed
 * doesn't know of it, so what it says of those comments is not believed.
 */
export class InFlight {
  #flying = new Set<string>()
  #landed = new Map<string, number>()
  #clock = 0

  /** The moment a question sets out, to be given to `believes` with its answer. */
  setOut(): number {
    return this.#clock++
  }

  depart(ids: string[]) {
    for (const id of ids) this.#flying.add(id)
  }

  land(ids: string[]) {
    for (const id of ids) {
      this.#flying.delete(id)
      this.#landed.set(id, this.#clock)
    }
    this.#clock++
  }

  /** Whether an answer that set out then can be right about this comment. */
  believes(id: string, setOut: number): boolean {
    return !this.#flying.has(id) && (this.#landed.get(id) ?? -1) < setOut
  }
}
