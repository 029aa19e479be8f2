import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { createTarDecoder, createTarPacker, type ParsedTarEntry } from 'modern-tar'
import { Refusal } from '../terminal.ts'
import { fileName, type Manifest, manifestOf } from './manifest.ts'

/** A file of a backup, and where its bytes lie. */
export interface Member {
  name: string
  path: string
  bytes: number
}

const manifestName = 'manifest.json'

/** A manifest names some files and some hundred tables: it takes less. */
const mostManifest = 4_000_000

/**
 * Writes a backup: a tar file (POSIX ustar, compressed by gzip), its manifest first. The file must not be there yet; it is
 * on the disk when this is done.
 *
 * @param wrote is told bytes of the members as they are written
 */
export async function pack(
  file: string,
  { manifest, members, wrote }: { manifest: Manifest; members: Member[]; wrote: (bytes: number) => void },
): Promise<void> {
  const { readable, controller } = createTarPacker()
  const mtime = new Date(manifest.madeAt)
  const add = async () => {
    const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
    const first = controller.add({ name: manifestName, size: text.length, mode: 0o600, mtime }).getWriter()
    await first.write(text)
    await first.close()
    for (const { name, path, bytes } of members) {
      const into = controller.add({ name, size: bytes, mode: 0o600, mtime }).getWriter()
      for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
        await into.ready
        await into.write(chunk)
        wrote(chunk.length)
      }
      await into.close()
    }
    controller.finalize()
  }
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600 })
  const written = pipeline(Readable.fromWeb(readable as never), createGzip({ level: 5 }), out)
  await Promise.all([add().catch((error) => controller.error(error)), written])
  const handle = await open(file, 'r')
  await handle.sync().finally(() => handle.close())
}

/** What a backup says of itself. Only its beginning is read. @throws Refusal where the file is none */
export async function manifestIn(file: string): Promise<Manifest> {
  for await (const { manifest, end } of entries(file)) {
    await end()
    return manifest
  }
  throw new Refusal(`${file} is no backup: it is empty.`)
}

/**
 * Takes a backup apart into a folder, and compares each file with what the manifest says of it.
 *
 * @param file where the backup lies
 * @param place where in the folder a file of the backup belongs
 * @throws Refusal where it is none, is cut off, or holds something else
 */
export async function unpack(file: string, place: (name: string) => string): Promise<Manifest> {
  let found: Manifest | undefined
  const missing = new Set<string>()
  try {
    for await (const { manifest, entry } of entries(file)) {
      if (!found) for (const name of Object.keys(manifest.files)) missing.add(name)
      found = manifest
      if (!entry) continue
      const { name, size, type } = entry.header
      const told = manifest.files[name]
      if (type !== 'file' || !fileName.test(name) || !told || !missing.delete(name) || told.bytes !== size)
        throw new Refusal(
          `${file} is damaged: it holds "${name.slice(0, 100)}", of which its manifest does not know.`,
        )
      const hash = createHash('sha256')
      const through = new Transform({
        transform(chunk, _, done) {
          hash.update(chunk)
          done(null, chunk)
        },
      })
      const into = createWriteStream(place(name), { flags: 'wx', mode: 0o600 })
      await pipeline(Readable.fromWeb(entry.body as never), through, into)
      if (hash.digest('hex') !== told.sha256)
        throw new Refusal(`${file} is damaged: ${name} is not as it was written.`)
    }
  } catch (error) {
    throw inWords(error, file)
  }
  if (!found) throw new Refusal(`${file} is no backup: it is empty.`)
  if (missing.size > 0) throw new Refusal(`${file} is damaged: it lacks ${[...missing].join(', ')}.`)
  return found
}

interface Found {
  manifest: Manifest
  /** A file besides; absent with the manifest itself. */
  entry?: ParsedTarEntry
  /** Reads no further. */
  end: () => Promise<void>
}

/** The manifest of a backup, and then its other files; each is to be read before the next. */
async function* entries(file: string): AsyncGenerator<Found> {
  const gunzip = createGunzip()
  const source = createReadStream(file, { highWaterMark: 1 << 18 })
  const read = pipeline(source, gunzip)
  read.catch(() => {})
  const end = async () => {
    source.destroy()
    gunzip.destroy()
  }
  let manifest: Manifest | undefined
  try {
    const bytes = Readable.toWeb(gunzip) as unknown as ReadableStream<Uint8Array>
    for await (const entry of bytes.pipeThrough(createTarDecoder({ strict: true }))) {
      if (manifest) yield { manifest, entry, end }
      else {
        manifest = manifestOf(await textOf(entry, file), file)
        yield { manifest, end }
      }
    }
    await read
  } catch (error) {
    throw inWords(error, file)
  } finally {
    await end()
  }
}

async function textOf({ header: { name, size }, body }: ParsedTarEntry, file: string): Promise<string> {
  if (name !== manifestName || size > mostManifest) throw new Refusal(`${file} is no backup of Hankyo.`)
  return new Response(body).text()
}

/** Why a backup cannot be read. What is wrong with this machine stays as it is. */
function inWords(error: unknown, file: string): unknown {
  if (error instanceof Refusal) return error
  const { code = '' } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return new Refusal(`There is no ${file}.`)
  if (code === 'EISDIR') return new Refusal(`${file} is a folder, and no backup.`)
  if (code === 'EACCES') return new Refusal(`${file} cannot be read by this user.`)
  if (/^E[A-Z]+$/.test(code)) return error
  return new Refusal(`${file} is damaged or cut off.`)
}
