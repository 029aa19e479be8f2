import { sha256 } from '@noble/hashes/sha2.js'
import { joined, ofAddress } from '../../contract/importedAuthors.ts'
import type { SourceComment, SourceTime } from '../entry.ts'
import { printOf } from './pageBook.ts'

/**
 * Names by which things are known again: hashes over their parts. A part may hold anything: its length is hashed, too.
 *
 * @returns SHA-256, as eight numbers of 32 bits
 */
export function hashed(...parts: string[]): Uint32Array {
  const { buffer, byteOffset, byteLength } = sha256(encoder.encode(joined(parts)))
  const view = new DataView(buffer, byteOffset, byteLength)
  return Uint32Array.from({ length: 8 }, (_, index) => view.getUint32(index * 4))
}

const encoder = new TextEncoder()

const hex = (number: number) => number.toString(16).padStart(8, '0')

/** The first 128 bits of a hash as a UUID of version 8 (RFC 9562 §5.8): made by us, of a name. */
export function uuidOf(hash: ArrayLike<number>): string {
  const [a, b, c, d] = [0, 1, 2, 3].map((index) => hash[index] as number) as [number, number, number, number]
  const middle = hex(((b & 0xffff0fff) | 0x8000) >>> 0)
  const last = hex(((c & 0x3fffffff) | 0x80000000) >>> 0)
  return `${hex(a)}-${middle.slice(0, 4)}-${middle.slice(4)}-${last.slice(0, 4)}-${last.slice(4)}${hex(d)}`
}

/** A time as the file has it, so that a zone given later changes no identity. */
export const timeText = (time: SourceTime): string => (typeof time === 'number' ? String(time) : time.local)

/**
 * What a comment is known by, whenever its site exports it again: what the source calls it, and when it was written, so
 * that two blogs with comments 1, 2, 3 are kept apart. Without ids, its author, time, page and words.
 *
 * @param repeat how many of the same came before it in the file
 */
export function commentHash(site: string, format: string, comment: SourceComment, repeat: number) {
  const { id, createdAt, author, page, body } = comment
  const time = timeText(createdAt)
  return id === null
    ? hashed('content', site, format, author.name, time, page.address, body, String(repeat))
    : hashed('comment', site, format, id, time, String(repeat))
}

/** What tells an author from another: an account, else an address, else a name; empty where there is nothing. */
export const whoOf = ({ identity, email, name }: SourceComment['author']): string =>
  identity || email?.trim() || name.trim()

/**
 * 32 hexadecimal digits that are the same for what the same person wrote. Who has neither account, address nor name is
 * somebody else in each comment.
 */
export function authorId(site: string, format: string, comment: SourceComment, commentId: string): string {
  const { identity, email, name } = comment.author
  const hash = identity
    ? hashed('account', site, format, identity)
    : email?.trim()
      ? hashed(...ofAddress(site, email))
      : name.trim()
        ? hashed('name', site, name.trim())
        : hashed('nobody', site, commentId)
  return [...hash.subarray(0, 4)].map(hex).join('')
}

/**
 * The id of an import: the same for the same comments, so that one that was killed is found again.
 *
 * @param sum the ids of its comments, folded
 * @param times how many imports of the same came to an end before
 */
export const importId = (site: string, format: string, sum: ArrayLike<number>, times: number): string =>
  uuidOf(hashed('import', site, format, Array.from(sum, hex).join(''), String(times)))

/** A short print of what a comment says, by which a file that has changed is noticed: 32 bits (FNV-1a). */
export const printOfComment = ({ author, createdAt, body }: SourceComment): number =>
  printOf(`${author.name}\0${timeText(createdAt)}\0${body}`)
