import { beginning, bounded, bytesOf, type Progress } from './bytes.ts'
import type { Member } from './member.ts'
import { tarMembers } from './tar.ts'
import { gunzipped } from './unpacking.ts'
import { zipMembers } from './zip.ts'

export type Container = 'gzip' | 'zip' | 'tar'

/** What a file is packed in, by its first bytes: gzip (RFC 1952), ZIP (APPNOTE 4.3.7), tar (POSIX ustar). */
export function containerOf(head: Uint8Array): Container | null {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5)) return 'zip'
  if (String.fromCharCode(...head.subarray(257, 262)) === 'ustar') return 'tar'
  return null
}

/**
 * The files in a file, one after the other, unpacked: of a ZIP, a tar, a gzip, a tar in a gzip; else the file itself.
 *
 * @throws UnreadableFile where it is a bomb, asks for a password, or is packed in a way that is not read
 * @throws Damaged where it ends early or is broken, after what came before
 */
export async function* membersOf(blob: Blob, name: string, onRead?: Progress): AsyncGenerator<Member> {
  const container = containerOf(new Uint8Array(await blob.slice(0, 512).arrayBuffer()))
  if (container === 'zip') return yield* zipMembers(blob, onRead)
  const bytes = bytesOf(blob, onRead)
  if (container === 'tar') return yield* tarMembers(bytes)
  if (container === null) return yield { path: name, bytes }
  const inner = await beginning(bounded(gunzipped(bytes), blob.size))
  if (containerOf(inner.head) === 'tar') return yield* tarMembers(inner.bytes)
  yield { path: name.replace(/\.gz$/i, ''), bytes: inner.bytes }
}
