/** A file, or one in an archive. It is read before the next one is asked for. */
export interface Member {
  /** Its path in the archive, or the file's name. It names it, and is never a path that is written to. */
  path: string
  bytes: AsyncIterable<Uint8Array>
}
