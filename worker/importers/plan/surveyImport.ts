import type { Entry, SourceComment } from '../entry.ts'
import { Counting } from './counting.ts'
import { FilePlan } from './filePlan.ts'
import { fittedTitle } from './fit.ts'
import { commentHash, printOfComment, timeText } from './identity.ts'
import type { PlanOptions } from './options.ts'
import { PageBook } from './pageBook.ts'
import { type Placeless, placing } from './placing.ts'
import type { ReadProgress, SurveyImport } from './plan.ts'
import { commentReader } from './reading.ts'
import type { ImportSource } from './source.ts'
import { Tree } from './tree.ts'

/** Reads a file and tells what would become of it. Nothing is sent. */
export const surveyImport: SurveyImport = async (source, options, { signal, onProgress } = {}) => {
  const survey = new Surveyor(source, options)
  const told: ReadProgress = { bytes: 0, size: source.size, comments: 0 }
  const onBytes = (bytes: number) => {
    signal?.throwIfAborted()
    onProgress?.({ ...told, bytes, comments: survey.counting.comments })
  }
  const asked = { file: source.file, pings: options.pings, origin: options.origin }
  for await (const entry of source.entries(asked, onBytes)) {
    signal?.throwIfAborted()
    survey.note(entry)
  }
  return survey.plan()
}

class Surveyor {
  readonly counting: Counting
  readonly #tree = new Tree()
  readonly #book = new PageBook()
  readonly #source: ImportSource
  readonly #options: PlanOptions
  readonly #read: ReturnType<typeof commentReader>
  readonly #placeOf: ReturnType<typeof placing>
  /** Of comments whose name came more than once: how often it came again, and what they said. */
  readonly #repeats = new Map<number, { count: number; prints: Set<number> }>()

  constructor(source: ImportSource, options: PlanOptions) {
    this.#source = source
    this.#options = options
    this.counting = new Counting(options.zone)
    this.#read = commentReader(options)
    this.#placeOf = placing(options)
  }

  note(entry: Entry): void {
    if (entry.kind === 'comment') this.#noteComment(entry)
    else if (entry.kind === 'broken') this.counting.breakOff(entry)
    else if (entry.kind === 'thread') {
      const place = this.#placeOf(entry.page.address)
      if (entry.closed && isPlace(place)) this.#book.close(place.key)
    } else {
      this.counting.leaveOut(entry.reason)
      this.#leaveOut(entry)
    }
  }

  /** Answers to what is left out find an ancestor. */
  #leaveOut({ id, parentId, line }: Pick<SourceComment, 'id' | 'parentId' | 'line'>): void {
    if (id === null) return
    const number = this.#tree.number('id', id)
    if (!this.#tree.isSeen(number)) this.#tree.leaveOut(number, this.#numberOf(parentId), line)
  }

  #numberOf = (id: string | null) => (id === null ? -1 : this.#tree.number('id', id))

  #noteComment(source: SourceComment): void {
    const read = this.#read(source)
    if (typeof read === 'string') {
      this.counting.leaveOut(read)
      this.#leaveOut(source)
      this.#tree.pass()
      return
    }
    const { id, parentId, author, page, body, line } = source
    const print = printOfComment(source)
    const name = id === null ? [page.address, author.name, timeText(source.createdAt), body] : [id]
    const kind = id === null ? 'content' : 'id'
    const first = this.#tree.number(kind, ...name)
    let number = first
    let repeat = 0
    if (this.#tree.isBrought(first)) {
      const others = this.#repeats.get(first) ?? { count: 0, prints: new Set([this.#tree.print(first)]) }
      this.#repeats.set(first, others)
      if (id !== null && others.prints.has(print)) {
        this.counting.leaveOut('duplicate')
        this.#tree.pass()
        return
      }
      others.prints.add(print)
      repeat = ++others.count
      number = this.#tree.number(kind, ...name, 'again', String(repeat))
      if (id !== null) this.counting.repeatedIds++
    }
    const pageNumber = this.#book.number(read.place.key)
    const title = fittedTitle(page.title)
    if (title.isMended) read.mended.titles = true
    const isApproved = source.status === 'approved'
    this.#book.add(pageNumber, read.place, page.address, title.text, isApproved, this.#options)
    this.#tree.bring(number, {
      ...{ parent: this.#numberOf(parentId), page: pageNumber, line, print, status: source.status },
      hash: commentHash(this.#options.site.id, this.#source.format, source, repeat),
    })
    this.counting.add(source, read)
  }

  plan(): FilePlan {
    const tree = this.#tree
    tree.settle()
    const pages = this.#book.list()
    const { comments, statuses, decided, leftOut, broken, repeatedIds, times, mended } = this.counting
    const { file, format, formatName } = this.#source
    return new FilePlan({
      ...{ source: this.#source, options: this.#options, tree, book: this.#book, pages },
      survey: {
        ...{ file, format, formatName, comments, statuses, decided, known: null, leftOut, broken },
        ...{ repeatedIds, times, mended },
        pages: { ...this.#book.survey(), most: pages.slice(0, 20) },
        parents: { ...tree.flaws, first: tree.firstFlaws },
        samples: this.counting.samples(),
        authors: this.counting.authors(),
      },
    })
  }
}

const isPlace = (place: ReturnType<ReturnType<typeof placing>>): place is Exclude<typeof place, Placeless> =>
  typeof place !== 'string'
