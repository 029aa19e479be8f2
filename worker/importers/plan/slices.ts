import { type ImportedComment, importSlice, type NewSlice } from '../../contract/imports.ts'
import type { SourceComment } from '../entry.ts'
import { small } from './columns.ts'
import { type FilePlan, insideOf } from './filePlan.ts'
import { fittedTitle } from './fit.ts'
import { authorId, printOfComment } from './identity.ts'
import type { Plan } from './plan.ts'
import { commentReader, type ReadComment } from './reading.ts'

/** Bytes of a slice, about: the longest comment fits besides. */
const sliceBytes = 512 * 1024

/** Bytes of comments that wait for what they answer; of more, the file is read once more. */
const waitingBytes = 8 * 1024 * 1024

/** The file says something else than when it was looked at. */
class AnotherFile extends Error {
  constructor() {
    super('The file has changed since it was read. Begin again with it as it is now.')
  }
}

interface Ready {
  comment: ImportedComment
  number: number
  url: string
  title: string
  bytes: number
}

/**
 * What a plan brings and is not known to be here, in slices: what is answered comes before its answers. The file is
 * read as often as it takes.
 *
 * @returns with each slice how many comments were passed over, since they are here already
 */
export async function* slicesOf(plan: Plan): AsyncGenerator<{ slice: NewSlice; passed: number }> {
  const inside = insideOf(plan)
  const { tree, source, options } = inside
  /** Whether a comment was sent, or is here already. */
  const isDone = small()
  let left = true
  let passed = 0
  for (let isFirst = true; left; isFirst = false) {
    left = false
    const read = commentReader(options)
    const waiting = new Map<number, Ready[]>()
    let held = 0
    let entry = 0
    let hasSent = false
    let slice = new Slice(inside)
    const asked = { file: source.file, pings: options.pings, origin: options.origin }
    for await (const one of source.entries(asked)) {
      if (one.kind !== 'comment') continue
      // Each is read, also where it is passed over: a time that is none is that of the one before.
      const made = read(one)
      const number = tree.inOrder(entry++)
      if (number >= 0 && tree.print(number) !== printOfComment(one)) throw new AnotherFile()
      if (number < 0 || typeof made === 'string') continue
      if (tree.isKnown(number)) {
        if (isFirst) passed++
        isDone.set(number, 1)
        continue
      }
      if (isDone.at(number)) continue
      const ready = readyOf(inside, one, made, number)
      const parent = tree.parent(number)
      if (parent >= 0 && !isDone.at(parent) && !tree.isKnown(parent)) {
        // What waits for longest gives way: in a file that lies upside down the latest is answered first.
        for (const [of, others] of waiting) {
          if (held + ready.bytes <= waitingBytes) break
          left = true
          waiting.delete(of)
          for (const other of others) held -= other.bytes
        }
        held += ready.bytes
        const others = waiting.get(parent)
        if (others) others.push(ready)
        else waiting.set(parent, [ready])
        continue
      }
      const queue = [ready]
      for (let next = queue.shift(); next; next = queue.shift()) {
        if (!slice.hasRoom(next)) {
          yield { slice: slice.body(), passed }
          passed = 0
          slice = new Slice(inside)
        }
        slice.add(next)
        isDone.set(next.number, 1)
        hasSent = true
        const answers = waiting.get(next.number) ?? []
        waiting.delete(next.number)
        for (const answer of answers) held -= answer.bytes
        queue.push(...answers)
      }
    }
    if (waiting.size > 0) left = true
    yield { slice: slice.body(), passed }
    passed = 0
    if (left && !hasSent) throw new AnotherFile()
  }
}

function readyOf(
  { tree, options, source }: FilePlan,
  one: SourceComment,
  made: ReadComment,
  number: number,
): Ready {
  const id = tree.id(number)
  const parent = tree.parent(number)
  const author = { id: authorId(options.site.id, source.format, one, id), ...made.comment.author }
  const comment: ImportedComment = {
    ...made.comment,
    ...{ id, author, parentId: parent < 0 ? null : tree.id(parent) },
  }
  const { text: title } = fittedTitle(one.page.title)
  const bytes = 400 + 3 * (comment.body.length + title.length + author.name.length)
  return { comment, number, url: made.place.url, title, bytes }
}

/** A slice that is filled. */
class Slice {
  readonly #inside: FilePlan
  readonly #comments: ImportedComment[] = []
  readonly #threads = new Map<string, NewSlice['threads'][number]>()
  #bytes = 0

  constructor(inside: FilePlan) {
    this.#inside = inside
  }

  hasRoom({ bytes }: Ready): boolean {
    const isEmpty = this.#comments.length === 0
    return isEmpty || (this.#comments.length < importSlice && this.#bytes + bytes <= sliceBytes)
  }

  add({ comment, url, title, bytes }: Ready): void {
    this.#comments.push(comment)
    this.#bytes += bytes
    const { key } = comment
    if (!this.#threads.has(key))
      this.#threads.set(key, { key, url, title, closed: this.#inside.book.isClosed(key) })
  }

  body = (): NewSlice => ({ threads: [...this.#threads.values()], comments: this.#comments })
}
