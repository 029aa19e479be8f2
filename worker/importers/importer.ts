import type { ImportFormat } from '../contract/importFormats.ts'
import type { Entry } from './entry.ts'

/** What a format may be told about a file besides its bytes. */
export interface ReadOptions {
  /** Names what cannot be read from the bytes: the file's name, or its path in an archive. */
  file: string
  /** Pingbacks and trackbacks are brought, too. */
  pings: boolean
  /** What stands before the paths of a service that writes no address, without a slash at the end. */
  origin: string
}

interface Format {
  /** Its name in requests; what people call it stands in `contract/importFormats.ts`. */
  format: ImportFormat
}

/**
 * A format of files that comments are brought from. It knows neither database, network nor clock: it reads bytes and
 * yields what is in them. It holds no more in memory than a comment at a time, whatever the size of the file.
 */
export interface Importer extends Format {
  /** Whether a file is of this format, told by its first 64 kB as text, decompressed and decoded. */
  detect(head: string): boolean
  /**
   * Reads decompressed text. Yields what the file has, in its order; never throws for what is in it. The text can be gone
   * through again, each pass reading the file anew: some systems write a comment's author or page after it.
   */
  read(text: AsyncIterable<string>, options: ReadOptions): AsyncGenerator<Entry>
}

/** The same for a format that is no text: a database. */
export interface BinaryImporter extends Format {
  /** Told by the first 64 kB. */
  detectBytes(head: Uint8Array): boolean
  readBytes(bytes: AsyncIterable<Uint8Array>, options: ReadOptions): AsyncGenerator<Entry>
}

/** A file in a folder. It is read before the next one is asked for. */
export interface FolderFile {
  path: string
  text: AsyncIterable<string>
}

/** The same for a folder of small files, in an archive; a file by itself is one of one file. */
export interface FolderImporter extends Format {
  /** Whether a file is one of the folder's, told by its path and its first 64 kB. */
  detectFile(path: string, head: string): boolean
  readFiles(files: AsyncIterable<FolderFile>, options: ReadOptions): AsyncGenerator<Entry>
}

export type AnyImporter = Importer | BinaryImporter | FolderImporter
