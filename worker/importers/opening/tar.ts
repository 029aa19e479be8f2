import { Damaged, mostMembers } from './bytes.ts'
import type { Member } from './member.ts'
import { UnreadableFile } from './problems.ts'

/**
 * The files of a tar, one after the other.
 *
 * @throws Damaged where it ends early or is broken, after what came before
 */
export async function* tarMembers(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Member> {
  const { createTarDecoder } = await import('modern-tar')
  const decoder = createTarDecoder()
  let failure: unknown
  const writing = streamOf(bytes)
    .pipeTo(decoder.writable)
    .catch((error) => {
      failure = error
    })
  const reader = decoder.readable.getReader()
  const next = async () => {
    try {
      return await reader.read()
    } catch {
      await writing
      throw failure instanceof UnreadableFile ? failure : new Damaged()
    }
  }
  let count = 0
  try {
    for (let entry = await next(); !entry.done; entry = await next()) {
      const { header, body } = entry.value
      if (header.type === 'file') {
        if (++count > mostMembers) throw new UnreadableFile('too_many_files')
        yield { path: header.name, bytes: piecesOf(body) }
      }
      // What nobody read goes by.
      await body.cancel().catch(() => undefined)
    }
    await writing
    if (failure) throw failure instanceof UnreadableFile ? failure : new Damaged()
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw new Damaged()
      })
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

function streamOf(bytes: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}
