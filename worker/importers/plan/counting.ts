import type { LeftOutReason } from '../../contract/imports.ts'
import { type Status, statuses } from '../../contract/status.ts'
import type { Broken, SourceComment } from '../entry.ts'
import { KeyNumbers, unsigned } from './columns.ts'
import { hashed, whoOf } from './identity.ts'
import { Leaders } from './leaders.ts'
import type { ReadComment } from './reading.ts'
import type { Listed, SurveyAuthor, SurveyMended, SurveySample, SurveyTimes } from './survey.ts'

/** Lines that cannot be read of which the message is kept. */
const mostBroken = 100

const mostAuthors = 100

/** Examples that are shown, of up to twice as many that are kept. */
const mostSamples = 10

/** What is counted while a file is read. */
export class Counting {
  comments = 0
  decided = 0
  repeatedIds = 0
  readonly statuses = Object.fromEntries(statuses.map((status) => [status, 0])) as Record<Status, number>
  readonly leftOut: Partial<Record<LeftOutReason, number>> = {}
  readonly broken: Listed<Broken> = { count: 0, first: [] }
  readonly mended: SurveyMended = { names: 0, titles: 0, bodies: 0, websites: 0, emails: 0 }
  readonly times: SurveyTimes
  readonly #authors = new KeyNumbers()
  readonly #written = unsigned()
  readonly #most = new Leaders<Omit<SurveyAuthor, 'comments'>>(mostAuthors)
  readonly #staff = new Leaders<Omit<SurveyAuthor, 'comments'>>(mostAuthors)
  #samples: SurveySample[] = []
  /** One of so many comments is kept as an example. */
  #stride = 1

  constructor(zone: string) {
    const nothing = { earliest: null, latest: null, needsZone: false, future: 0, impossible: 0 }
    this.times = { ...nothing, zone }
  }

  leaveOut(reason: LeftOutReason): void {
    this.leftOut[reason] = (this.leftOut[reason] ?? 0) + 1
  }

  breakOff(broken: Broken): void {
    this.broken.count++
    if (this.broken.first.length < mostBroken) this.broken.first.push(broken)
  }

  /** Counts a comment that is brought. */
  add(source: SourceComment, { comment, time, mended }: ReadComment): void {
    if (this.comments++ % this.#stride === 0) this.#keep(source, comment)
    this.statuses[comment.status]++
    if (comment.decided) this.decided++
    if (time) this.times[time]++
    for (const name of Object.keys(mended) as (keyof SurveyMended)[]) if (mended[name]) this.mended[name]++
    if (typeof source.createdAt === 'object' && time !== 'impossible') this.times.needsZone = true
    const { createdAt } = comment
    if (this.times.earliest === null || createdAt < this.times.earliest) this.times.earliest = createdAt
    if (this.times.latest === null || createdAt > this.times.latest) this.times.latest = createdAt
    this.#count(source)
  }

  #count({ author }: SourceComment): void {
    const who = whoOf(author)
    if (!who) return
    const [high, low] = hashed(who) as unknown as [number, number]
    const number = this.#authors.number(high, low)
    const count = this.#written.at(number) + 1
    this.#written.set(number, count)
    const { name, isStaff } = author
    const tell = () => ({ who, name, isStaff })
    this.#most.note(number, count, tell)
    if (isStaff) this.#staff.note(number, count, tell)
  }

  #keep({ line }: SourceComment, { key, author, body, createdAt, status }: ReadComment['comment']): void {
    this.#samples.push({ key, author: author.name, body, createdAt, status, line })
    if (this.#samples.length < 2 * mostSamples) return
    this.#samples = this.#samples.filter((_, index) => index % 2 === 0)
    this.#stride *= 2
  }

  /** Examples from all over the file, in its order. */
  samples(): SurveySample[] {
    const { length } = this.#samples
    if (length <= mostSamples) return this.#samples
    return Array.from(
      { length: mostSamples },
      (_, index) => this.#samples[Math.floor((index * length) / mostSamples)] as SurveySample,
    )
  }

  /** Who was staff, and who wrote most. */
  authors(): SurveyAuthor[] {
    const told = (leaders: Leaders<Omit<SurveyAuthor, 'comments'>>) =>
      leaders.list().map(({ count, told }) => ({ ...told, comments: count }))
    const staff = told(this.#staff)
    const known = new Set(staff.map(({ who }) => who))
    return [...staff, ...told(this.#most).filter(({ who }) => !known.has(who))]
  }
}
