import sax from 'sax'
import { Unavailable } from './exchange.ts'

/** Bytes of a sitemap that are read, unpacked: https://www.sitemaps.org/protocol.html allows 50 MB of 50,000 addresses. */
const longest = 16 * 1024 * 1024

/** Sitemaps that an index may name: each is a request of its own. */
const mostSitemaps = 1_000

/** Elements within each other; a sitemap has three, and some more where it describes pictures. */
const deepest = 20

export interface Named {
  /** Addresses of pages, as the sitemap has them. */
  pages: string[]
  /** Of other sitemaps. */
  sitemaps: string[]
  /** Whether it names more pages than were wanted. */
  hasMore: boolean
}

/**
 * Reads a sitemap, or an index of sitemaps, packed by gzip or not. Entities that it declares itself stay unknown, so
 * none grows. It stops where it has enough.
 *
 * @param wanted how many pages, and after how many
 * @throws Unavailable where it is no sitemap, or too long
 */
export async function namesIn(
  pieces: AsyncIterable<Uint8Array>,
  { skip, limit }: { skip: number; limit: number },
): Promise<Named> {
  const named: Named = { pages: [], sitemaps: [], hasMore: false }
  let passed = 0
  const parser = elements((kind, address) => {
    if (kind === 'sitemap') {
      if (named.sitemaps.length < mostSitemaps) named.sitemaps.push(address)
    } else if (passed++ >= skip) {
      if (named.pages.length < limit) named.pages.push(address)
      else named.hasMore = true
    }
  })
  const decoder = new TextDecoder()
  let length = 0
  for await (const piece of unpacked(pieces)) {
    length += piece.byteLength
    if (length > longest) throw new Unavailable('is too long for a sitemap')
    parser.write(decoder.decode(piece, { stream: true }))
    if (named.hasMore) return named
  }
  parser.write(decoder.decode()).close()
  return named
}

/** A parser that tells each `<loc>` with what it is of. */
function elements(tell: (kind: 'url' | 'sitemap', address: string) => void) {
  const parser = sax.parser(true)
  const path: string[] = []
  let text = ''
  parser.onopentag = ({ name }) => {
    path.push(name)
    text = ''
    if (path.length > deepest) throw new Unavailable('is no sitemap')
    if (path.length === 1 && !['urlset', 'sitemapindex'].includes(name))
      throw new Unavailable('is no sitemap')
  }
  parser.ontext = parser.oncdata = (part) => {
    text += part
  }
  parser.onclosetag = () => {
    const [, kind, leaf] = path
    if (path.length === 3 && leaf === 'loc' && (kind === 'url' || kind === 'sitemap')) tell(kind, text.trim())
    path.pop()
    text = ''
  }
  parser.onerror = () => {
    throw new Unavailable('is no well-formed XML')
  }
  return parser
}

/** Bytes as they were before gzip, where that packed them. */
async function* unpacked(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]()
  const { value: head, done } = await iterator.next()
  if (done) return
  const rest = { [Symbol.asyncIterator]: () => iterator }
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield head
    return yield* rest
  }
  try {
    const packed = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (stream) => stream.enqueue(head as Uint8Array<ArrayBuffer>),
      async pull(stream) {
        const next = await iterator.next()
        if (next.done) stream.close()
        else stream.enqueue(next.value as Uint8Array<ArrayBuffer>)
      },
      cancel: async () => void (await iterator.return?.()),
    })
    yield* packed.pipeThrough(new DecompressionStream('gzip')) as unknown as AsyncIterable<Uint8Array>
  } catch (error) {
    if (error instanceof TypeError) throw new Unavailable('is no well-formed gzip')
    throw error
  }
}
