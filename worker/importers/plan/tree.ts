import type { Status } from '../../contract/status.ts'
import { KeyNumbers, signed, small, unsigned } from './columns.ts'
import { hashed, uuidOf } from './identity.ts'
import type { ParentFlaw } from './survey.ts'

/** Ancestors that are looked at for one that is brought. */
const climb = 1000

const seen = 1
const brought = 2
const known = 4
const approved = 8
const hidden = 16

const shownAs = { approved, pending: hidden, rejected: hidden, spam: hidden, deleted: 0 }

/**
 * Which comment answers which: all comments of a file, and those that others name, by number. It holds no texts, so that
 * a million comments take some 50 MB.
 */
export class Tree {
  readonly #keys = new KeyNumbers()
  readonly #flags = small()
  /** Numbers of parents, one higher. */
  readonly #parents = signed()
  readonly #pages = signed()
  readonly #lines = unsigned()
  readonly #prints = unsigned()
  readonly #ids = [unsigned(), unsigned(), unsigned(), unsigned()] as const
  /** Numbers of what was brought, one higher, in the order of the file; 0 where it is not. */
  readonly #order = signed()
  #entries = 0
  /** The ids of all that is brought, folded: the same for the same comments in any order. */
  readonly sum = new Uint32Array(4)
  readonly flaws: Record<ParentFlaw, number> = { missing: 0, leftOut: 0, elsewhere: 0, circles: 0, hidden: 0 }
  readonly firstFlaws: { line: number; reason: ParentFlaw }[] = []

  /** The number of what the source calls so. */
  number(...name: string[]): number {
    const [high, low] = hashed(...name) as unknown as [number, number]
    return this.#keys.number(high, low)
  }

  get size() {
    return this.#keys.count
  }

  isSeen = (number: number) => (this.#flags.at(number) & seen) !== 0
  isBrought = (number: number) => (this.#flags.at(number) & brought) !== 0
  isKnown = (number: number) => (this.#flags.at(number) & known) !== 0
  #isHidden = (number: number) => (this.#flags.at(number) & hidden) !== 0
  isApproved = (number: number) => (this.#flags.at(number) & approved) !== 0
  print = (number: number) => this.#prints.at(number)
  page = (number: number) => this.#pages.at(number)
  parent = (number: number) => this.#parents.at(number) - 1
  id = (number: number) => uuidOf(this.#ids.map((column) => column.at(number)))
  /** The number of what stands at a place in the file, or -1 where it is not brought. */
  inOrder = (entry: number) => this.#order.at(entry) - 1

  /** Notes something of the file that has no number, or is not brought for its own sake. */
  pass(): void {
    this.#order.set(this.#entries++, 0)
  }

  /** Notes something that is left out, so that answers to it find an ancestor. */
  leaveOut(number: number, parent: number, line: number): void {
    this.#note(number, parent, line, seen)
  }

  /** Notes a comment that is brought. */
  bring(
    number: number,
    {
      parent,
      page,
      line,
      print,
      hash,
      status,
    }: { parent: number; page: number; line: number; print: number; hash: Uint32Array; status: Status },
  ): void {
    this.#note(number, parent, line, seen | brought | shownAs[status])
    this.#pages.set(number, page)
    this.#prints.set(number, print)
    for (const [index, column] of this.#ids.entries()) {
      const part = hash[index] as number
      column.set(number, part)
      this.sum[index] = (this.sum[index] as number) ^ part
    }
    this.#order.set(this.#entries++, number + 1)
  }

  markKnown(number: number): void {
    this.#flags.set(number, this.#flags.at(number) | known)
  }

  #note(number: number, parent: number, line: number, flags: number): void {
    this.#flags.set(number, flags)
    this.#parents.set(number, parent + 1)
    this.#lines.set(number, line)
  }

  /** Has each comment answer one of its page that is brought, and counts those that did not: when all was noted. */
  settle(): void {
    this.#cutCircles()
    for (let number = 0; number < this.size; number++) {
      if (!this.isBrought(number) || this.parent(number) < 0) continue
      let reason: ParentFlaw | null = null
      let ancestor = this.parent(number)
      for (let steps = 0; ancestor >= 0 && !this.#isParent(ancestor, number); steps++) {
        reason ??= !this.isSeen(ancestor) ? 'missing' : this.isBrought(ancestor) ? 'elsewhere' : 'leftOut'
        ancestor = steps < climb ? this.parent(ancestor) : -1
      }
      if (reason) this.#parents.set(number, ancestor + 1)
      // The site hangs it elsewhere: where it stands, readers would see that something hidden is there.
      else if (this.isApproved(number) && this.#isHidden(ancestor)) reason = 'hidden'
      if (reason) this.#count(reason, number)
    }
  }

  #isParent(ancestor: number, number: number): boolean {
    return this.isBrought(ancestor) && this.page(ancestor) === this.page(number)
  }

  #count(reason: ParentFlaw, number: number): void {
    this.flaws[reason]++
    if (this.firstFlaws.length < 20) this.firstFlaws.push({ line: this.#lines.at(number), reason })
  }

  #cutCircles(): void {
    const walks = signed()
    for (let start = 0; start < this.size; start++) {
      let number = start
      for (; number >= 0 && !walks.at(number); number = this.parent(number)) walks.set(number, start + 1)
      if (number < 0 || walks.at(number) !== start + 1) continue
      let first = number
      for (let next = this.parent(number); next !== number; next = this.parent(next))
        if (this.#lines.at(next) < this.#lines.at(first)) first = next
      this.#parents.set(first, 0)
      this.#count('circles', first)
    }
  }
}
