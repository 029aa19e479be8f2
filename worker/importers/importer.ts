import type { Entry } from './entry.ts'

/** What a format may be told about a file besides its bytes. */
export interface ReadOptions {
  /** Names what cannot be read from the bytes: the file's name. */
  file: string
  /** Pingbacks and trackbacks are brought, too. */
  pings: boolean
  /** What stands before the paths of a service that writes no address, without a slash at the end. */
  origin: string
}

/**
 * A format of files that comments are brought from. It knows neither database, network nor clock: it reads bytes and
 * yields what is in them. It holds no more in memory than a comment at a time, whatever the size of the file.
 */
export interface Importer {
  /** As it stands in requests and in the list of imports. */
  format: string
  /** What people call it. */
  name: string
  /** Whether a file is of this format, told by its first 64 kB as text, decompressed and decoded. */
  detect(head: string): boolean
  /**
   * Reads decompressed text. Yields what the file has, in its order; never throws for what is in it. The text can be gone
   * through again, each pass reading the file anew: some systems write a comment's author or page after it.
   */
  read(text: AsyncIterable<string>, options: ReadOptions): AsyncGenerator<Entry>
}

/** The same for a format that is no text: a database, or a folder in an archive. */
export interface BinaryImporter extends Omit<Importer, 'detect' | 'read'> {
  /** Told by the first 64 kB. */
  detectBytes(head: Uint8Array): boolean
  readBytes(bytes: AsyncIterable<Uint8Array>, options: ReadOptions): AsyncGenerator<Entry>
}
