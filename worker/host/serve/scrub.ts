import { stat } from 'node:fs/promises'
import { type Control, scrubbingSince } from './database.ts'
import { databaseFiles, searchFile } from './inventory.ts'
import type { Front } from './publicServer.ts'
import { run } from './sqlite.ts'

const day = 86_400_000

/** So much is written anew in a second or two. A larger file has to wait until the server stops. */
const most = 64 * 1024 * 1024

/**
 * Writes the databases of a folder that is being served anew, so that what was taken back is gone from free parts of
 * their files: a day after the first words were, at most once a day. Requests wait meanwhile.
 *
 * @returns what does so where it is time, to be called again and again
 */
export function scrubber(data: string, hold: Front['hold']) {
  let next = 0
  return async (control: Control) => {
    const now = Date.now()
    if (now < next || ((await scrubbingSince(control)) ?? now) > now - day) return
    next = now + day
    const files = [...(await databaseFiles(data)), searchFile(data)]
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size))
    const small = files.filter((_, at) => (sizes[at] ?? 0) <= most)
    if (small.length > 0) await hold(() => run('scrub', small).answer)
  }
}
