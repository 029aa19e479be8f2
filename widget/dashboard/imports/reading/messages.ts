import type { ErrorDetail } from '../../../../worker/contract/errors.ts'
import type { ImportView } from '../../../../worker/contract/imports.ts'
import type { OpenProblem, Warning } from '../../../../worker/importers/opening/problems.ts'
import type { PlanOptions } from '../../../../worker/importers/plan/options.ts'
import type { ReadProgress, SendProgress } from '../../../../worker/importers/plan/plan.ts'
import type { Survey, SurveyPage } from '../../../../worker/importers/plan/survey.ts'

/** A file that was opened, and what its owner should know. */
export interface Opened {
  format: string
  formatName: string
  warnings: Warning[]
}

/** What would become of it. */
export interface Looked {
  survey: Survey
  /** Pages that get comments, those with most first: at most `mostPages`. */
  pages: SurveyPage[]
}

/** What the page has the reader do, one at a time: what it gives, what it is told meanwhile, and what comes of it. */
export interface Jobs {
  open: { given: { blob: Blob; name: string }; told: ReadProgress; done: Opened }
  look: { given: PlanOptions; told: ReadProgress; done: Looked }
  send: { given: null; told: SendProgress; done: ImportView }
}
export type Job = keyof Jobs

/** Why a job came to nothing. */
export type Failure =
  | { kind: 'cancelled' }
  | { kind: 'unreadable'; code: OpenProblem | 'own' }
  | { kind: 'refused'; error: ErrorDetail }

/** From the page. */
export type ToReader =
  | { [Name in Job]: { kind: 'job'; job: Name; turn: number; given: Jobs[Name]['given'] } }[Job]
  | { kind: 'cancel' }
  | { kind: 'answer'; ask: number; data: unknown }
  | { kind: 'answer'; ask: number; error: ErrorDetail; status: number; retryAfter: number }

/** To the page. */
export type FromReader =
  | { kind: 'told'; turn: number; progress: ReadProgress | SendProgress }
  | { kind: 'done'; turn: number; result: Jobs[Job]['done'] }
  | { kind: 'failed'; turn: number; failure: Failure }
  | { kind: 'ask'; ask: number; method: string; path: string; body: unknown }
