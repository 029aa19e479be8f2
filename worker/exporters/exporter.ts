import type { siteExports } from '../contract/exports.ts'
import type { Site } from '../contract/site.ts'
import type { Status } from '../contract/status.ts'
import type { SiteComment, ThreadRow } from '../store/siteComments.ts'

/** A thread, with where its page is. */
export interface ExportedThread extends ThreadRow {
  /** The address of its page, or its key where nobody knows one. */
  address: string
}

/**
 * A form in which a site's comments leave for other systems. It makes text of one thing after the other, and knows nothing of
 * what comes next; so a file of any size is made in parts.
 */
export interface Exporter {
  /** What the file is called at `/v1/exports/`. */
  file: keyof typeof siteExports
  /** Which comments the form has a place for: others are left out. */
  statuses: readonly Status[]
  /** What the file begins with. @param now milliseconds since the epoch */
  head(site: Site, now: number): string
  /** What stands about a thread before all comments, where that is one place for all threads. */
  list?(thread: ExportedThread, site: Site): string
  /** What stands before the comments of a thread that has some. */
  open(thread: ExportedThread, site: Site): string
  comment(comment: SiteComment, thread: ExportedThread, site: Site): string
  /** What stands after them. */
  close: string
  /** What the file ends with. */
  tail: string
}
