import type { Happened } from './happened.ts'

/** Staff begins to bring comments from a file, has brought all of them, or takes them back. */
export interface ImportEvent extends Happened {
  act: 'import.start' | 'import.end' | 'import.undo'
  siteId: string
  importId: string
  format: string
  /** What the file is called. */
  name: string
  /** Comments: those that are to come, at the end and afterwards those that were stored. */
  count: number
}

/** Comments were brought to a site, or taken back. Each import stands in the log, and not its slices. */
export interface CommentsImported {
  act: 'comments.import'
  at: number
  siteId: string
  /** Whether screening has something to learn, or to forget. */
  teaches: boolean
}
