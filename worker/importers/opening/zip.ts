import { bounded, bytesOf, Damaged, mostMembers, type Progress } from './bytes.ts'
import type { Member } from './member.ts'
import { UnreadableFile } from './problems.ts'
import { inflated } from './unpacking.ts'

/** Names are no paths here, so that any may stand. */
const tolerant = { strictness: 'tolerant', filenameValidation: 'tolerant' } as const

/** Where a file lies in a ZIP. */
interface Place {
  path: string
  /** 0 is not packed, 8 is deflate. */
  method: number
  isEncrypted: boolean
  /** The first of its bytes, and the one after its last. */
  from: number
  to: number
  /** Nothing says that all of it is there. */
  isCut: boolean
}

/**
 * The files of a ZIP, one after the other, in the order of its list. Where the list at its end is missing, they are
 * sought from the beginning on.
 *
 * @throws UnreadableFile where it is a bomb, asks for a password, or is packed in another way than by deflate
 * @throws Damaged where it ends early, after what came before
 */
export async function* zipMembers(blob: Blob, onRead?: Progress): AsyncGenerator<Member> {
  const total = { unpacked: 0 }
  let count = 0
  for await (const { path, method, isEncrypted, from, to, isCut } of placesOf(blob)) {
    if (isEncrypted) throw new UnreadableFile('encrypted')
    if (method !== 0 && method !== 8) throw new UnreadableFile('unsupported_compression')
    if (++count > mostMembers) throw new UnreadableFile('too_many_files')
    const packed = bytesOf(blob.slice(from, to), (read) => onRead?.(from + read))
    yield {
      path,
      bytes: bounded(method === 0 ? packed : inflated(packed, isCut), blob.size, total),
    }
    onRead?.(to)
  }
}

async function* placesOf(blob: Blob): AsyncGenerator<Place> {
  const { BlobReader, ZipReader } = await import('@zip.js/zip.js/lib/zip-core.js')
  const entries = await new ZipReader(new BlobReader(blob)).getEntries(tolerant).catch(() => null)
  if (!entries) return yield* placesWithoutList(blob)
  for (const entry of entries) {
    if (entry.directory) continue
    const local = await localHeader(blob, entry.offset)
    if (!local) throw new Damaged()
    const { filename: path, compressionMethod: method, encrypted: isEncrypted } = entry
    yield { path, method, isEncrypted, isCut: false, from: local.from, to: local.from + entry.compressedSize }
  }
}

/** A file that does not know its size (APPNOTE 4.4.4, bit 3) hides where the next one begins: it is the last. */
async function* placesWithoutList(blob: Blob): AsyncGenerator<Place> {
  let isFirst = true
  for (let at = 0; ; isFirst = false) {
    const local = await localHeader(blob, at)
    if (!local) throw isFirst ? new UnreadableFile('cut_off_archive') : new Damaged()
    const to = local.size === null ? blob.size : local.from + local.size
    if (!local.path.endsWith('/')) yield { ...local, to: Math.min(to, blob.size), isCut: true }
    at = to
    if (at >= blob.size) throw new Damaged()
  }
}

/** The header before a file (APPNOTE 4.3.7): where its bytes begin, and how many it says there are. */
async function localHeader(blob: Blob, offset: number) {
  const head = new DataView(await blob.slice(offset, offset + 30).arrayBuffer())
  if (head.byteLength < 30 || head.getUint32(0) !== 0x504b0304) return null
  const flags = head.getUint16(6, true)
  const size = head.getUint32(18, true)
  const nameAt = offset + 30
  const nameEnd = nameAt + head.getUint16(26, true)
  return {
    path: new TextDecoder().decode(await blob.slice(nameAt, nameEnd).arrayBuffer()),
    method: head.getUint16(8, true),
    isEncrypted: (flags & 1) === 1,
    size: (flags & 8) === 8 || size === 0xffffffff ? null : size,
    from: nameEnd + head.getUint16(28, true),
  }
}
