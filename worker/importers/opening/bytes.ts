import { UnreadableFile } from './problems.ts'

/** Bytes by which a format is told. */
export const headSize = 64 * 1024

/** Unpacked bytes that any file may have, and how many times its size it may have beyond that. */
const always = 64 * 1024 * 1024
const ratio = 200

/** Unpacked bytes beyond which no file is read: four gigabytes. */
export const most = 4 * 1024 ** 3

/** Files of an archive beyond which it is not read: each takes time, however little is in it. */
export const mostMembers = 50_000

/** Told how many bytes of a file were read so far. May throw, which ends the reading. */
export type Progress = (bytes: number) => void

/** Milliseconds of work after which others have a turn. */
const longestTurn = 50

/**
 * A file's bytes, a piece at a time. A disk is quicker than whoever reads, so that each piece is there already: others
 * are given a turn now and then, or nobody could call the reading off.
 */
export async function* bytesOf(blob: Blob, onRead?: Progress): AsyncGenerator<Uint8Array> {
  const reader = blob.stream().getReader()
  let read = 0
  let since = performance.now()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      read += value.length
      onRead?.(read)
      yield value
      if (performance.now() - since < longestTurn) continue
      await new Promise((resolve) => setTimeout(resolve))
      since = performance.now()
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/** Bytes that are read of a file at once where small parts of it are asked for, and the largest of such parts. */
const windowSize = 1024 * 1024
const smallPart = 128 * 1024

/** Small parts of a file that lie beside each other: each asked for by itself would take a hundred times as long. */
export function windowOn(blob: Blob) {
  let from = 0
  let held = new Uint8Array()
  return {
    /** Whether a part is small enough to be read whole. */
    fits: (length: number) => length <= smallPart,
    /** Bytes from a place to another, or to the end. */
    async read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
      const to = Math.min(end, blob.size)
      if (start < from || to > from + held.length) {
        from = start
        held = new Uint8Array(await blob.slice(start, Math.max(to, start + windowSize)).arrayBuffer())
      }
      return held.subarray(start - from, Math.max(to, start) - from)
    },
  }
}
export type Window = ReturnType<typeof windowOn>

/** A file that ends early, or is broken from somewhere on. What came before it was yielded. */
export class Damaged extends Error {}

/**
 * The same bytes, as long as they are no bomb.
 *
 * @param size bytes that they were packed in
 * @throws UnreadableFile beyond four gigabytes, or beyond 64 MB and 200 times their size
 */
export async function* bounded(
  bytes: AsyncIterable<Uint8Array>,
  size: number,
  total: { unpacked: number } = { unpacked: 0 },
): AsyncGenerator<Uint8Array> {
  const limit = Math.min(most, Math.max(always, size * ratio))
  for await (const piece of bytes) {
    total.unpacked += piece.length
    if (total.unpacked > limit) throw new UnreadableFile('bomb')
    yield piece
  }
}

/** Reads the beginning of bytes, and gives them whole all the same. What fails there fails when that is read. */
export async function beginning(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ head: Uint8Array; bytes: AsyncIterableIterator<Uint8Array> }> {
  const iterator = bytes[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let size = 0
  let failure: { error: unknown } | undefined
  while (size < headSize) {
    const next = await iterator.next().catch((error: unknown) => {
      failure = { error }
    })
    if (!next || next.done) break
    first.push(next.value)
    size += next.value.length
  }
  const whole: AsyncIterableIterator<Uint8Array> = {
    async next() {
      const value = first.shift()
      if (value) return { done: false, value }
      if (failure) throw failure.error
      return iterator.next()
    },
    async return() {
      await iterator.return?.()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]: () => whole,
  }
  return { head: joined(first).subarray(0, headSize), bytes: whole }
}

/** Pieces as one. */
export function joined(pieces: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
