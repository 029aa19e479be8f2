import type { ImportCheck, ImportChecked } from '../../contract/importChecks.ts'
import type { ImportChange, ImportView, NewImport, NewSlice, SliceResult } from '../../contract/imports.ts'

/** Who takes what is sent: the routes of `contract/imports.ts` and `importChecks.ts`, however they are reached. Each throws a `NotReceived`. */
export interface Receiver {
  /** `POST /v1/imports` */
  start(body: NewImport): Promise<ImportView>
  /** `POST /v1/imports/:id/slices` */
  add(id: string, slice: NewSlice): Promise<SliceResult>
  /** `PATCH /v1/imports/:id` */
  change(id: string, body: ImportChange): Promise<ImportView>
  /** `POST /v1/import-checks` */
  check(body: ImportCheck): Promise<ImportChecked>
}

/** A request that was refused or not answered. */
export class NotReceived extends Error {
  /** The status of the answer; 0 where none came. */
  readonly status: number
  /** The code of the refusal, of `contract/errors.ts`. */
  readonly code: string | undefined
  /** Seconds after which to try again, where the answer says so. */
  readonly retryAfter: number | undefined

  constructor(message: string, status: number, code?: string, retryAfter?: number) {
    super(message)
    this.status = status
    this.code = code
    this.retryAfter = retryAfter
  }

  /** Whether the same may be taken later. */
  get isPassing() {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}
