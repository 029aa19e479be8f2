import type { IncomingMessage } from 'node:http'
import { longestPart } from '../../contract/exportLimits.ts'
import { limits } from '../../contract/limits.ts'

/** Bytes of all bodies that are held at once. Beyond it requests have to come again. */
export const mostHeld = 32 * 1024 * 1024

/** Bytes that one network may hold of those, so that it keeps nobody else out. */
export const mostOfOne = 4 * 1024 * 1024

/** A body has so long to come, in milliseconds, and more with each part of it. */
const patience = 10_000

/** Bytes a millisecond below which a sender is slow. */
const pace = 16

/** The routes that take more than others, in whatever folder; `bodyLimit` says so in their operations. */
const forLists = /\/v1\/(sites\/[^/]+\/(word-lists\/[^/]+|policy-preview)|imports\/[^/]+\/slices)$/

/** The route that takes parts of an export, which only the operator has. */
const forParts = /\/v1\/restores$/

/**
 * The longest body that a request may have, in bytes. Here nobody knows yet who asks: but who shows nothing that could
 * be staff's will be refused anyway.
 */
export function limitOf({ url = '', headers }: IncomingMessage): number {
  const signedIn = headers.authorization !== undefined || /hankyo_session=/.test(headers.cookie ?? '')
  const path = url.replace(/\?.*/s, '')
  if (headers.authorization !== undefined && forParts.test(path)) return longestPart
  return signedIn && forLists.test(path) ? limits.listRequest : limits.request
}

/** What is held, in all and by network. */
export class Held {
  private all = 0
  private readonly by = new Map<string, number>()

  /** Counts bytes that were read, unless they are too many. */
  take(network: string, bytes: number): boolean {
    const own = (this.by.get(network) ?? 0) + bytes
    if (own > mostOfOne || this.all + bytes > mostHeld) return false
    this.all += bytes
    this.by.set(network, own)
    return true
  }

  /** Forgets bytes that are held no more. */
  give(network: string, bytes: number): void {
    this.all -= bytes
    const own = (this.by.get(network) ?? 0) - bytes
    if (own > 0) this.by.set(network, own)
    else this.by.delete(network)
  }
}

/** Why a body was not read to its end. */
export class Unread extends Error {
  readonly why: 'too_large' | 'crowded' | 'slow'

  constructor(why: Unread['why']) {
    super(why)
    this.why = why
  }
}

/**
 * The body, whole, before anything is sent on: so each request to workerd has the length it says, none can
 * hide another in its body, and a slow client holds up nobody.
 *
 * @param take counts bytes; where it answers no, reading stops
 * @throws Unread, and whatever ends the connection
 */
export function read(
  request: IncomingMessage,
  limit: number,
  take: (bytes: number) => boolean,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    let waited = 0
    let timer: NodeJS.Timeout | undefined

    const end = (error?: Error) => {
      clearTimeout(timer)
      request.off('data', gather)
      if (!error) return resolve(Buffer.concat(chunks))
      request.pause()
      reject(error)
    }
    const gather = (chunk: Buffer) => {
      length += chunk.length
      if (length > limit) return end(new Unread('too_large'))
      if (!take(chunk.length)) return end(new Unread('crowded'))
      chunks.push(chunk)
    }
    const wait = (ms: number) => {
      timer = setTimeout(() => {
        waited += ms
        const more = patience + length / pace - waited
        if (more > 0) wait(more)
        else end(new Unread('slow'))
      }, ms)
    }

    // A length that is too large is believed, and nothing is read.
    if (Number(request.headers['content-length']) > limit) return end(new Unread('too_large'))
    wait(patience)
    request.on('data', gather)
    request.once('end', () => end())
    request.once('error', end)
    request.once('close', () => end(new Error('The client left.')))
  })
}
