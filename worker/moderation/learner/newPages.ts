import type { Lesson } from './lessons.ts'

/** What was decided on so many pages says what to expect of any other. */
const manyPages = 20

/** Spam verdicts of a page that a person looks at first. */
const firstOfPage = 10

/** Where so many fine comments were decided, a model knows how people talk there. */
const fineOfPage = 10

/** The pages that a model has lessons of. */
export interface Ground {
  pages: number
  /** Those that it knows well, as long as it knows few. */
  familiar: NonNullable<Lesson['page']>[]
}

export function groundOf(lessons: Pick<Lesson, 'page' | 'seq' | 'label'>[]): Ground {
  const pages = new Set(lessons.map(({ page, seq }) => page ?? `of ${seq}`)).size
  if (pages >= manyPages) return { pages, familiar: [] }
  const fine = new Map<NonNullable<Lesson['page']>, number>()
  for (const { page, label } of lessons)
    if (page !== undefined && label === 'fine') fine.set(page, (fine.get(page) ?? 0) + 1)
  return { pages, familiar: [...fine].flatMap(([page, count]) => (count >= fineOfPage ? [page] : [])) }
}

/**
 * Whether a person looks at the next spam verdict of a page. People talk otherwise on a page of another kind, and a
 * model that knows few pages takes that for spam.
 *
 * @param asked spam verdicts of the page that went to a person before
 */
export const isNewGround = (
  ground: Ground,
  { page, asked }: { page: Lesson['page']; asked: number },
): boolean =>
  ground.pages < manyPages && asked < firstOfPage && !(page !== undefined && ground.familiar.includes(page))
