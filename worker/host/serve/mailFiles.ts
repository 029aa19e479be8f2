import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

const day = 86_400_000

/**
 * Removes mails that were written into files of a data folder longer ago than 30 days: they hold addresses.
 *
 * @throws the first error, once every other file was looked at
 */
export async function forgetMails(data: string, now: number): Promise<void> {
  const folder = join(data, 'mail')
  const errors: unknown[] = []
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.endsWith('.eml')) continue
    const file = join(folder, name)
    try {
      const { mtimeMs } = await stat(file)
      if (mtimeMs < now - 30 * day) await rm(file, { force: true })
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length > 0) throw errors[0]
}

/** Does so now and once a day. @returns what ends that */
export function forgetMailsDaily(data: string, failed: (error: unknown) => void): () => void {
  const forget = () => void forgetMails(data, Date.now()).catch(failed)
  forget()
  const timer = setInterval(forget, day).unref()
  return () => clearInterval(timer)
}
