import { Damaged, joined, mostMembers } from './bytes.ts'
import type { Member } from './member.ts'
import { UnreadableFile } from './problems.ts'

/** What a tar ends with (POSIX ustar): two blocks of zeros. */
const endSize = 1024

/**
 * The files of a tar, one after the other.
 *
 * @throws Damaged where it ends early or is broken, after what came before
 */
export async function* tarMembers(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Member> {
  const { createTarDecoder } = await import('modern-tar')
  const source = watched(bytes)
  const decoder = createTarDecoder()
  const writing = source.stream.pipeTo(decoder.writable).catch(() => undefined)
  const reader = decoder.readable.getReader()
  let count = 0
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }) as const)
      if (done || !value) break
      const { header, body } = value
      if (header.type === 'file') {
        if (++count > mostMembers) throw new UnreadableFile('too_many_files')
        yield { path: header.name, bytes: piecesOf(body, header.size) }
      }
      // What nobody read goes by.
      await body.cancel().catch(() => undefined)
    }
    await writing
    if (source.failure() !== undefined) throw source.failure()
    if (!source.isEnded()) throw new Damaged()
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

async function* piecesOf(stream: ReadableStream<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  let read = 0
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }) as const)
      if (done || !value) break
      read += value.length
      yield value
    }
    if (read < size) throw new Damaged()
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/**
 * Bytes as a stream. Where they fail it ends as if they were over, since a stream that fails throws away what came before;
 * the failure is told afterwards.
 */
function watched(bytes: AsyncIterable<Uint8Array>) {
  const iterator = bytes[Symbol.asyncIterator]()
  let failure: unknown
  let last = new Uint8Array()
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await iterator.next()
        if (done) return controller.close()
        last = joined([last, value.subarray(-endSize)]).slice(-endSize)
        controller.enqueue(value)
      } catch (error) {
        failure = error
        controller.close()
      }
    },
    async cancel() {
      await iterator.return?.()
    },
  })
  return {
    stream,
    failure: () => failure,
    isEnded: () => last.length === endSize && last.every((byte) => byte === 0),
  }
}
