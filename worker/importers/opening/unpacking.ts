import { Damaged, joined } from './bytes.ts'

/**
 * Bytes that are unpacked at a time, at least, where there are as many. A stream that fails throws away what nobody has
 * read yet. So there are few, and as many as Node takes before it says that they were done (its `highWaterMark`): what
 * comes of a broken file is the same each time.
 */
const step = 16 * 1024

/**
 * Unpacks a gzip: all its members (RFC 1952, 2.2).
 *
 * @throws Damaged where it ends early or is broken, after what came before
 */
export async function* gunzipped(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const steps = stepsOf(packed)
  try {
    // Node goes on to the next member by itself; browsers fail behind the first, within a step.
    for (let begun: Uint8Array<ArrayBuffer> | null = new Uint8Array(); begun; )
      begun = yield* unpacked(steps, begun, 'gzip', true)
  } finally {
    await steps.return(undefined)
  }
}

/**
 * Unpacks deflated bytes (RFC 1951).
 *
 * @param mayBeCut they may end early, and all that comes of them is waited for
 * @throws Damaged where they end early or are broken, after what came before
 */
export async function* inflated(
  packed: AsyncIterable<Uint8Array>,
  mayBeCut: boolean,
): AsyncGenerator<Uint8Array> {
  yield* unpacked(stepsOf(packed), new Uint8Array(), 'deflate-raw', mayBeCut)
}

/** The same bytes in steps; the last is longer, lest it be shorter. */
async function* stepsOf(
  packed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
  let rest = new Uint8Array()
  for await (const piece of packed) {
    rest = joined([rest, piece])
    let at = 0
    for (; rest.length - at >= 2 * step; at += step) yield rest.slice(at, at + step)
    rest = rest.slice(at)
  }
  if (rest.length > 0) yield rest
}

/** Unpacks until the end or a failure. Returns what begins with the next member where it fails, if there is one. */
async function* unpacked(
  steps: AsyncGenerator<Uint8Array<ArrayBuffer>>,
  begun: Uint8Array<ArrayBuffer>,
  format: 'gzip' | 'deflate-raw',
  mayBeCut: boolean,
): AsyncGenerator<Uint8Array, Uint8Array<ArrayBuffer> | null> {
  const stream = new DecompressionStream(format)
  const writer = stream.writable.getWriter()
  const reader = stream.readable.getReader()
  const ready: Uint8Array[] = []
  let count = 0
  let failed = false
  const reading = (async () => {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      ready.push(next.value)
      count++
    }
  })().catch(() => {
    failed = true
  })
  try {
    let last = begun
    if (begun.length > 0) await writer.write(begun).catch(() => undefined)
    while (!failed) {
      const { done, value } = await steps.next()
      if (done) break
      last = value
      await writer.write(value).catch(() => undefined)
      for (let next = ready.shift(); next; next = ready.shift()) yield next
    }
    // Where the platform works on, what it has still to give comes first: closing fails what ends early.
    for (let before = -1; mayBeCut && !failed && before !== count; ) {
      before = count
      await turn()
    }
    await writer.close().catch(() => undefined)
    await reading
    yield* ready
    if (!failed) return null
    const next = format === 'gzip' && count > 0 ? memberIn(last) : -1
    if (next < 0) throw new Damaged()
    return last.slice(next)
  } finally {
    await Promise.allSettled([writer.abort(), reader.cancel()])
  }
}

/** Where a gzip begins in bytes, by its magic number, its method and flags; -1 where none does. */
function memberIn(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(0x1f, 1); at >= 0; at = bytes.indexOf(0x1f, at + 1))
    if (bytes[at + 1] === 0x8b && bytes[at + 2] === 8 && (bytes[at + 3] ?? 255) < 32) return at
  return -1
}

const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 1))
