import { open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Refusal } from '../terminal.ts'

/**
 * Writes a small file of the data folder, wholly or not at all: after a power cut it holds the old text or the new one.
 * Only its owner can read it.
 */
export async function writeKept(file: string, value: object): Promise<void> {
  const next = `${file}.new`
  await rm(next, { force: true })
  try {
    await synced(next, 'wx', (handle) => handle.writeFile(`${JSON.stringify(value, null, 2)}\n`))
    await rename(next, file)
  } catch (error) {
    await rm(next, { force: true })
    throw error
  }
  // The name in the folder is kept, too. Some systems do not open folders.
  await synced(dirname(file), 'r', async () => {}).catch(() => {})
}

async function synced(
  path: string,
  flags: string,
  work: (handle: Awaited<ReturnType<typeof open>>) => Promise<unknown>,
) {
  const handle = await open(path, flags, 0o600)
  try {
    await work(handle)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * What such a file says; null where there is none.
 *
 * @param remedy what whoever started the server can do about a damaged file, as sentences
 * @throws Refusal with the file's path where it is no JSON object
 */
export async function readKept(file: string, remedy: string): Promise<Record<string, unknown> | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new Refusal(`Cannot read ${file}: ${error.message}`)
  })
  if (text === null) return null
  const value = parsed(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refusal(`${file} is damaged${text.trim() === '' ? ': it is empty' : ''}. ${remedy}`)
  return value as Record<string, unknown>
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
