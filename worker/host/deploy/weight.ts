import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'

/** What a file weighs, as it is and compressed. */
export async function kilobytes(file: string) {
  const bytes = await readFile(file)
  return `${(bytes.length / 1000).toFixed(1)} kB, ${(brotliCompressSync(bytes).length / 1000).toFixed(1)} kB brotli`
}

/** How many files a folder has, and what they weigh. */
export async function weigh(path: string) {
  const files = (await readdir(path, { withFileTypes: true, recursive: true })).filter((entry) =>
    entry.isFile(),
  )
  let bytes = 0
  for (const { parentPath, name } of files) bytes += (await stat(join(parentPath, name))).size
  return `${files.length} files of ${(bytes / 1000).toFixed(1)} kB`
}
