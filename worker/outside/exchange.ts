import * as v from 'valibot'
import { line } from '../contract/input.ts'
import { limits } from '../contract/limits.ts'
import { isMetadataHost, isPublicHost } from '../contract/publicHost.ts'

/** Milliseconds that a service has from being asked to the last byte of its answer. */
export const patience = 2000

/** Bytes of an answer beyond which it is not read. */
export const longestAnswer = 64 * 1024

/** A service did not answer as it should. The message says how, in a few words and without secrets. */
export class Unavailable extends Error {
  /** Milliseconds since the epoch before which it asked not to be asked again. */
  readonly notBefore: number | undefined

  constructor(message: string, notBefore?: number) {
    super(message)
    this.notBefore = notBefore
  }
}

/** It understood, and will not: to ask it the same again is no use. */
export class Refused extends Unavailable {}

/** It did not answer in time. */
export class Late extends Unavailable {}

/** What decides where this instance asks. */
export interface Reach {
  /** `on` where whoever runs it lets it ask this machine and its network, too. */
  ALLOW_PRIVATE_HOSTS?: string
  /** What asks in place of the global `fetch`. */
  INTERNET?: { fetch: typeof fetch }
}

const isWellFormed = (address: string) => {
  if (!URL.canParse(address)) return false
  const { protocol, username, password } = new URL(address)
  return /^https?:$/.test(protocol) && !username && !password
}

/**
 * Whether an address may be asked: https to a host of the internet, at the port of https. Where private hosts are
 * allowed, also those, at any port and by http, but for where clouds tell secrets. An owner of a site says the address,
 * who need not run this instance.
 */
export function isAskable(address: string, { ALLOW_PRIVATE_HOSTS }: Reach): boolean {
  if (!isWellFormed(address)) return false
  const { protocol, hostname, port } = new URL(address)
  if (ALLOW_PRIVATE_HOSTS !== 'on') return protocol === 'https:' && port === '' && isPublicHost(hostname)
  return !isMetadataHost(hostname) && (protocol === 'https:' || !isPublicHost(hostname))
}

/** An address as it may be shown: its query may hold a key. */
export function shown(address: string): string {
  const { origin, pathname } = new URL(address)
  return origin + pathname
}

/** An address of a service, as input; whether it may be asked says `requireAskable`. */
export const serviceAddress = v.pipe(line(limits.url), v.check(isWellFormed, 'invalid'))

/** A key that fits into a header, as input. */
export const accessKey = v.pipe(line(500), v.regex(/^[\x21-\x7e]+$/, 'invalid'))

export interface Reply {
  status: number
  headers: { get(name: string): string | null }
  text: string
}

/** How a service is asked. */
export interface Ask {
  method: 'GET' | 'POST' | 'PUT'
  headers?: Record<string, string>
  body?: string | Uint8Array<ArrayBuffer>
  /** Milliseconds that it has, if more than usual. */
  patience?: number
  /** Of which statuses the answer's text is wanted; of all unless it says. What nobody wants is not read, whatever it is. */
  reads?: (status: number) => boolean
}

/**
 * The one way to a service outside. Time and size are limited, and a redirect is an error: it could
 * lead to where nobody configured it. On one machine workerd besides refuses names that lead to private addresses.
 *
 * @throws Unavailable, also where `accepts` does not take the status: Refused where to ask the same again is no use
 */
export async function exchange(
  reach: Reach,
  url: string,
  ask: Ask,
  accepts: (status: number) => boolean = (status) => status >= 200 && status < 300,
): Promise<Reply> {
  const { taken, ...reply } = await exchangePieces(reach, url, ask, accepts, read)
  return { ...reply, text: taken ?? '' }
}

/**
 * The same for an answer that is too large for one text.
 *
 * @param take gets the answer in pieces, within the same time; what it leaves is not read
 * @returns besides the answer what `take` made of it; null where nobody wanted it
 */
export async function exchangePieces<Taken>(
  reach: Reach,
  url: string,
  ask: Ask,
  accepts: (status: number) => boolean,
  take: (pieces: AsyncIterable<Uint8Array>) => Promise<Taken>,
): Promise<Omit<Reply, 'text'> & { taken: Taken | null }> {
  if (!isAskable(url, reach)) throw new Unavailable('address not allowed')
  const { patience: own, reads = () => true, ...request } = ask
  return within(async (signal) => {
    const asked = { ...request, redirect: 'manual', signal } as const
    const response = await (reach.INTERNET ?? globalThis).fetch(url, asked)
    const { status, headers } = response
    const isRead = accepts(status) && reads(status)
    if (!isRead) await response.body?.cancel()
    if (!accepts(status)) throw refused(status, headers.get('retry-after'))
    const pieces = (response.body ?? []) as AsyncIterable<Uint8Array>
    return { status, headers, taken: isRead ? await take(pieces) : null }
  }, own)
}

/** Statuses in the four hundreds that may be something else later. */
const passing = [408, 409, 423, 425, 429]

/** What an answer that is none means for whoever asks again. @param retryAfter the header of that name */
export function refused(status: number, retryAfter: string | null, detail = ''): Unavailable {
  const isFinal = status >= 400 && status < 500 && !passing.includes(status)
  const message = `answered ${status}${detail && `: ${detail}`}`
  return isFinal ? new Refused(message) : new Unavailable(message, timeOf(retryAfter))
}

/** When a `Retry-After` of seconds or with a date is over, in milliseconds since the epoch. */
function timeOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined
  const time = /^\d{1,9}$/.test(retryAfter) ? Date.now() + Number(retryAfter) * 1000 : Date.parse(retryAfter)
  return Number.isNaN(time) ? undefined : time
}

/** Waits for work for so long; whatever goes wrong in it is `Unavailable`. */
export async function within<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  ms = patience,
): Promise<Result> {
  const signal = AbortSignal.timeout(ms)
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
  })
  try {
    return await Promise.race([work(signal), late])
  } catch (error) {
    if (signal.aborted) throw new Late(`no answer within ${ms / 1000} seconds`)
    throw error instanceof Unavailable ? error : new Unavailable('not reachable')
  }
}

async function read(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
  let length = 0
  let text = ''
  for await (const chunk of pieces) {
    length += chunk.byteLength
    if (length > longestAnswer) throw new Unavailable('answered too much')
    text += decode(() => decoder.decode(chunk, { stream: true }))
  }
  return text + decode(() => decoder.decode())
}

function decode(work: () => string): string {
  try {
    return work()
  } catch {
    throw new Unavailable('answered something else than text')
  }
}
