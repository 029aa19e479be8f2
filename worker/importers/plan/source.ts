import type { ImportFormat } from '../../contract/importFormats.ts'
import type { Entry } from '../entry.ts'
import type { ReadOptions } from '../importer.ts'

/** A file of comments, opened: what it is, and how to read it, as often as a plan needs. */
export interface ImportSource {
  /** The file's name. */
  file: string
  /** The name of its format. */
  format: ImportFormat
  /** What people call that format. */
  formatName: string
  /** Bytes of the file as it lies there. */
  size: number
  /**
   * Reads the file from its beginning. It never throws for what is in it: what cannot be read is an entry, too.
   *
   * @param onBytes told now and then how many bytes of the file were read
   */
  entries(options: ReadOptions, onBytes?: (bytes: number) => void): AsyncIterable<Entry>
}
