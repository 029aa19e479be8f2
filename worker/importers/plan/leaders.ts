/** Those that have most of something, found while it is counted, with what is told of them. */
export class Leaders<Told> {
  readonly #most: number
  readonly #kept = new Map<number, { count: number; told: Told }>()
  #least = 0

  /** @param most how many are wanted at the end */
  constructor(most: number) {
    this.#most = most
  }

  /** Notes what one has now. What has most at the end had it when it was noted last, so it is kept. */
  note(one: number, count: number, tell: () => Told): void {
    const known = this.#kept.get(one)
    if (known) known.count = count
    else if (count >= this.#least) {
      this.#kept.set(one, { count, told: tell() })
      if (this.#kept.size > 4 * this.#most) this.#thin()
    }
  }

  #thin(): void {
    const sorted = [...this.#kept].sort(([, one], [, other]) => other.count - one.count)
    for (const [one] of sorted.slice(this.#most)) this.#kept.delete(one)
    this.#least = sorted[this.#most - 1]?.[1].count ?? 0
  }

  /** Those with most, from the top. */
  list(): { one: number; count: number; told: Told }[] {
    return [...this.#kept]
      .map(([one, { count, told }]) => ({ one, count, told }))
      .sort((one, other) => other.count - one.count || one.one - other.one)
      .slice(0, this.#most)
  }
}
