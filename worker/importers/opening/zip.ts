import { bounded, bytesOf, Damaged, mostMembers, type Progress, type Window, windowOn } from './bytes.ts'
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
  /** Where its header begins. */
  offset: number
  /** How many bytes it has, packed. */
  size: number
}

/** The lists of ZIPs: a file is opened several times. */
const lists = new WeakMap<Blob, Place[] | null>()

/**
 * The files of a ZIP, one after the other, in the order of its list. Where the list at its end is missing, they are
 * sought from the beginning on.
 *
 * @throws UnreadableFile where it has too many files, is a bomb, asks for a password, or is packed in another way than
 * by deflate
 * @throws Damaged where it ends early, after what came before
 */
export async function* zipMembers(blob: Blob, onRead?: Progress): AsyncGenerator<Member> {
  const window = windowOn(blob)
  const total = { unpacked: 0 }
  const list = lists.get(blob) ?? (await listOf(blob))
  lists.set(blob, list)
  let count = 0
  for await (const place of list ?? placesWithoutList(blob, window)) {
    if (place.isEncrypted) throw new UnreadableFile('encrypted')
    if (place.method !== 0 && place.method !== 8) throw new UnreadableFile('unsupported_compression')
    if (++count > mostMembers) throw new UnreadableFile('too_many_files')
    const packed = packedBytes(blob, window, place, onRead)
    const bytes = place.method === 0 ? packed : inflated(packed, list === null)
    yield { path: place.path, bytes: bounded(bytes, blob.size, total) }
    onRead?.(place.offset + place.size)
  }
}

/** The bytes of a file as they are packed. @throws Damaged where its header is missing */
async function* packedBytes(blob: Blob, window: Window, { offset, size }: Place, onRead?: Progress) {
  const local = await localHeader(window, offset)
  if (!local) throw new Damaged()
  const { from } = local
  if (window.fits(size)) yield await window.read(from, from + size)
  else yield* bytesOf(blob.slice(from, from + size), (read) => onRead?.(from + read))
}

/** The list of a ZIP; null where it has none. @throws UnreadableFile where it names too many files */
async function listOf(blob: Blob): Promise<Place[] | null> {
  const { BlobReader, ZipReader } = await import('@zip.js/zip.js/lib/zip-core.js')
  const places: Place[] = []
  try {
    for await (const entry of new ZipReader(new BlobReader(blob)).getEntriesGenerator(tolerant)) {
      if (entry.directory) continue
      if (places.length === mostMembers) throw new UnreadableFile('too_many_files')
      const { filename: path, compressionMethod: method, encrypted: isEncrypted } = entry
      places.push({ path, method, isEncrypted, offset: entry.offset, size: entry.compressedSize })
    }
    return places
  } catch (error) {
    if (error instanceof UnreadableFile) throw error
    return null
  }
}

/** A file that does not know its size (APPNOTE 4.4.4, bit 3) hides where the next one begins: it is the last. */
async function* placesWithoutList(blob: Blob, window: Window): AsyncGenerator<Place> {
  let isFirst = true
  for (let offset = 0; ; isFirst = false) {
    const local = await localHeader(window, offset)
    if (!local) throw isFirst ? new UnreadableFile('cut_off_archive') : new Damaged()
    const left = Math.max(blob.size - local.from, 0)
    if (!local.path.endsWith('/')) yield { ...local, offset, size: Math.min(local.size ?? left, left) }
    offset = local.size === null ? blob.size : local.from + local.size
    if (offset >= blob.size) throw new Damaged()
  }
}

/** The header before a file (APPNOTE 4.3.7): where its bytes begin, and how many it says there are. */
async function localHeader(window: Window, offset: number) {
  const bytes = await window.read(offset, offset + 30)
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (head.byteLength < 30 || head.getUint32(0) !== 0x504b0304) return null
  const flags = head.getUint16(6, true)
  const size = head.getUint32(18, true)
  const method = head.getUint16(8, true)
  const nameAt = offset + 30
  const nameEnd = nameAt + head.getUint16(26, true)
  const from = nameEnd + head.getUint16(28, true)
  return {
    path: new TextDecoder().decode(await window.read(nameAt, nameEnd)),
    ...{ method, from, isEncrypted: (flags & 1) === 1 },
    size: (flags & 8) === 8 || size === 0xffffffff ? null : size,
  }
}
