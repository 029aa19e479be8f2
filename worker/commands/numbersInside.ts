import type { Row } from '../store/exportRows.ts'
import type { Numbering } from '../store/exportTables.ts'

/** What is added to the numbers of rows. */
export type Added = Record<Numbering, number>

/** A number, moved; 0 and null name no row. */
export const moved = (number: Row[string], more: number) =>
  typeof number === 'number' && number > 0 ? number + more : number

/** Moves the numbers of rows that the texts of a row name within. */
export function moveInside(table: string, row: Row, added: Added): void {
  for (const [column, move] of Object.entries(insides[table] ?? {}))
    if (typeof row[column] === 'string') row[column] = JSON.stringify(move(JSON.parse(row[column]), added))
}

interface PackedLesson {
  seq: number
  author: number
  source: number | null
  cluster: number
  page?: number
}

/** Columns whose JSON names rows by number. */
// biome-ignore lint/suspicious/noExplicitAny: each moves JSON of its own form
const insides: Record<string, Record<string, (found: any, added: Added) => unknown>> = {
  events: {
    details: (details: { threadId?: number }, { threads }) =>
      details.threadId === undefined ? details : { ...details, threadId: moved(details.threadId, threads) },
  },
  lesson_packs: {
    lessons: (lessons: PackedLesson[], { comments, authors, threads }) =>
      lessons.map((lesson) => ({
        ...lesson,
        ...{ seq: lesson.seq + comments, author: lesson.author + authors },
        ...{ source: moved(lesson.source, comments), cluster: lesson.cluster + comments },
        ...(lesson.page !== undefined && { page: lesson.page + threads }),
      })),
  },
  learners: {
    model: ({ ground, ...rest }: { ground?: { familiar: number[] } }, { threads }) => ({
      ...rest,
      ...(ground && { ground: { ...ground, familiar: ground.familiar.map((page) => page + threads) } }),
    }),
    scores: ({ scores = {}, ...rest }: { scores?: Record<string, number> }, { comments }) => ({
      scores: Object.fromEntries(
        Object.entries(scores).map(([seq, score]) => [Number(seq) + comments, score]),
      ),
      ...rest,
    }),
  },
}
