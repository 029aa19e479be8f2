import type { ImportView } from '../../contract/imports.ts'
import type { PlanOptions } from './options.ts'
import type { Receiver } from './receiver.ts'
import type { ImportSource } from './source.ts'
import type { Survey, SurveyPage } from './survey.ts'

/** What becomes of a file by some options: made by reading it once, and carried out by reading it again. */
export interface Plan {
  source: ImportSource
  options: PlanOptions
  survey: Survey
  /** All pages that get comments, those with most first. */
  pages(): SurveyPage[]
}

/** How far a reading is: bytes of the file, and comments in them. */
export interface ReadProgress {
  bytes: number
  size: number
  comments: number
}

/** How far a sending is, in comments. */
export interface SendProgress {
  sent: number
  total: number
  /** Of late. */
  perSecond: number
  /** Why it waits: the message of what was not received, and for how many seconds. */
  waiting: { message: string; seconds: number } | null
}

/** What whoever asks for a long work gives it: how to call it off, and where to tell how far it is. */
export interface Watch<Progress> {
  /** Called off by it, the work throws the signal's reason. */
  signal?: AbortSignal
  onProgress?: (progress: Progress) => void
}

/** Time, which a plan does not have of its own. */
export interface Clock {
  /** In milliseconds. */
  now(): number
  /** Resolves after some milliseconds, at once where the signal calls it off. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>
}

/** Reads a file and tells what would become of it. Nothing is sent. */
export type SurveyImport = (
  source: ImportSource,
  options: PlanOptions,
  watch?: Watch<ReadProgress>,
) => Promise<Plan>

/** Asks a site what it has already of a plan: fills `known`, `there` and `willShow` of its survey. */
export type CheckPlan = (
  plan: Plan,
  receiver: Pick<Receiver, 'check'>,
  watch?: Watch<{ checked: number; total: number }>,
) => Promise<void>

/**
 * Sends what a plan brings and is not here yet; one that was stopped or killed goes on. Called off, it stops the import
 * and says so to the site.
 */
export type SendImport = (
  plan: Plan,
  receiver: Receiver,
  clock: Clock,
  watch?: Watch<SendProgress>,
) => Promise<ImportView>
