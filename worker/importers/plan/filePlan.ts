import type { PlanOptions } from './options.ts'
import type { PageBook } from './pageBook.ts'
import type { Plan } from './plan.ts'
import type { ImportSource } from './source.ts'
import type { Survey, SurveyPage } from './survey.ts'
import type { Tree } from './tree.ts'

/** A plan with what was found out for it. */
export class FilePlan implements Plan {
  readonly source: ImportSource
  readonly options: PlanOptions
  readonly survey: Survey
  readonly tree: Tree
  readonly book: PageBook
  readonly #pages: SurveyPage[]

  constructor(made: {
    source: ImportSource
    options: PlanOptions
    survey: Survey
    tree: Tree
    book: PageBook
    pages: SurveyPage[]
  }) {
    this.source = made.source
    this.options = made.options
    this.survey = made.survey
    this.tree = made.tree
    this.book = made.book
    this.#pages = made.pages
  }

  pages(): SurveyPage[] {
    return this.#pages
  }
}

/** What a plan was made with. @throws Error for one that was not made here */
export function insideOf(plan: Plan): FilePlan {
  if (plan instanceof FilePlan) return plan
  throw new Error('This plan was made by nobody.')
}
