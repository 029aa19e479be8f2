import { isNamed } from './headers.ts'
import { SharedWork } from './sharedWork.ts'

/** An answer as it is kept; without a body it only tells those who have it that it is the same. */
interface Kept {
  body: Uint8Array | null
  etag: string | null
  headers: Headers
  /** The headers of a 304. */
  unchanged: Headers
  until: number
  /** Whether somebody is reading it anew already. */
  renewing: boolean
}

interface Bounds {
  answers: number
  bytes: number
  /** How long an answer is kept. */
  ms: number
}

/**
 * What this isolate answered a moment ago, by path and query in one form, so that a thread many look at is read once
 * for all of them. It takes only what anyone may be told. Whatever the isolate itself writes empties it; others' writes
 * show after `ms`.
 */
export class Memory {
  private readonly kept = new Map<string, Kept>()
  private readonly bounds: Bounds
  /** What is being read for answers. */
  readonly reading = new SharedWork()
  private emptied = 0
  private held = 0

  constructor(bounds: Bounds) {
    this.bounds = bounds
  }

  get answers(): number {
    return this.kept.size
  }

  get bytes(): number {
    return this.held
  }

  /**
   * The answer to a GET, if it is known: 304 to who has it already. Null for whoever brings credentials, and for
   * the first who asks in the second half of its time, so that one reads it anew while the others need not.
   *
   * @param key path and query that it is kept by, where they are not those of the request
   */
  recall(request: Request, now: number, key = cacheKeyOf(request)): Response | null {
    const kept = this.kept.get(key)
    if (!kept || kept.until <= now || request.headers.has('authorization')) return null
    if (!kept.renewing && kept.until - now <= this.bounds.ms / 2) {
      kept.renewing = true
      return null
    }
    if (kept.etag !== null && isNamed(kept.etag, request.headers.get('if-none-match')))
      return new Response(null, { status: 304, headers: kept.unchanged })
    return kept.body && new Response(kept.body, { headers: kept.headers })
  }

  /**
   * To be called before the database is read for an answer. The function it gives keeps that answer, unless
   * something was written in the meantime, and hands it on.
   *
   * @param key path and query that it is kept by, where they are not those of the request
   */
  watch(
    request: Request,
    now: number,
    key = cacheKeyOf(request),
  ): (answer: Response, body: Uint8Array | null) => Response {
    const { emptied } = this
    return (answer, body) => {
      if (emptied === this.emptied && !request.headers.has('authorization'))
        this.keep(key, keptOf(answer, body, now + this.bounds.ms), now)
      return answer
    }
  }

  /** Forgets everything, what is being read at the moment too. */
  empty(): void {
    this.emptied++
    this.kept.clear()
    this.held = 0
    this.reading.forget()
  }

  private keep(key: string, read: Kept, now: number): void {
    const before = this.kept.get(key)
    const same = before && read.body === null && before.etag === read.etag
    const answer = same ? { ...before, until: read.until, renewing: false } : read
    const size = sizeOf(key, answer)
    if (size > this.bounds.bytes / 8) return
    this.drop(key)
    this.kept.set(key, answer)
    this.held += size
    // The oldest come first.
    for (const [other, { until }] of this.kept) {
      if (until > now && this.kept.size <= this.bounds.answers && this.held <= this.bounds.bytes) return
      this.drop(other)
    }
  }

  private drop(key: string): void {
    const answer = this.kept.get(key)
    if (!answer) return
    this.kept.delete(key)
    this.held -= sizeOf(key, answer)
  }
}

/** Pages of threads, and counts. */
export const memory = new Memory({ answers: 200, bytes: 16_000_000, ms: 2000 })

/** What an answer to a request is kept by: its path and query as they are written. */
export const cacheKeyOf = ({ url }: Pick<Request, 'url'>): string => url.slice(url.indexOf('/', 8))

const perAnswer = 1000

const sizeOf = (key: string, { body }: Kept) => 2 * key.length + (body?.byteLength ?? 0) + perAnswer

/**
 * What was read before another isolate wrote must not be kept by the edge after that has been purged: so it keeps
 * nothing that comes from here.
 */
function keptOf(answer: Response, body: Uint8Array | null, until: number): Kept {
  const headers = new Headers(answer.headers)
  headers.set('cloudflare-cdn-cache-control', 'no-store')
  headers.delete('cache-tag')
  const unchanged = new Headers(headers)
  unchanged.delete('content-type')
  return { body, etag: headers.get('etag'), headers, unchanged, until, renewing: false }
}
