import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { copyFile, link, mkdir, open, rename, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { secrets } from '../serve/dataFolder.ts'
import { databaseFiles } from '../serve/inventory.ts'
import { run } from '../serve/sqlite.ts'
import { Refusal } from '../terminal.ts'
import { version } from '../version.ts'
import { type Member, pack } from './archive.ts'
import { header, instanceOf, type Manifest } from './manifest.ts'
import { inWorkplace, needRoom, progress } from './workplace.ts'

/** Files of a data folder that go along. Mails, limits and the index of the search do not: they end, or are made anew. */
const kept = ['secrets.json', 'sign-in.json', 'demo.json']

/** Where backups of a data folder lie, unless somebody says otherwise: not in it, since it may be put aside. */
export const usualPlace = (data: string): string => `${data}-backups`

/** A name of a file that says when it was made, by which those of a folder are in order. @param kind what it was made for */
export const nameOf = (at: Date, kind = ''): string =>
  `hankyo-${kind && `${kind}-`}${at.toISOString().slice(0, 19).replaceAll(':', '-')}Z.tar.gz`

/**
 * Writes a backup of a data folder, which may be served meanwhile: each database as it was at one moment. The file is there
 * whole or not at all.
 *
 * @param file where it goes; its folder is made
 * @param say is told how far it is
 * @throws Refusal where there is nothing to back up, a database is damaged, the file is there, or the disk is full
 */
export async function makeBackup(
  data: string,
  { file, say }: { file: string; say: (line: string) => void },
): Promise<Manifest> {
  const sources = await databaseFiles(data)
  if (sources.length === 0) throw new Refusal(`${data} holds no database: there is nothing to back up.`)
  if (existsSync(file)) throw new Refusal(`${file} is there already; give another name with --out.`)
  const keys = await secrets(data)
  return inWorkplace(dirname(file), async (folder) => {
    const size = await bytesOf(sources.flatMap((source) => [source, `${source}-wal`]))
    // A copy, and what it is compressed to.
    await needRoom(folder, size * 2)
    const at = (name: string) => join(folder, name)
    await mkdir(at('databases'))
    const madeAt = new Date().toISOString()
    const names = sources.map((source) => `databases/${basename(source)}`)
    await copyDatabases(sources, names.map(at), { size, say })
    for (const name of kept) if (existsSync(join(data, name))) await copyFile(join(data, name), at(name))
    const sums = await run('sum', names.map(at)).answer
    const damaged = sums.findIndex(({ damage }) => damage.length > 0)
    if (damaged >= 0)
      throw new Refusal(
        `The database ${sources[damaged]} is damaged: ${sums[damaged]?.damage.join('; ')}. No backup was made.`,
      )
    const members = await Promise.all(
      [...kept.filter((name) => existsSync(at(name))), ...names].map(
        async (name): Promise<Member> => ({ name, path: at(name), bytes: (await stat(at(name))).size }),
      ),
    )
    const files: Manifest['files'] = {}
    for (const { name, path, bytes } of members) files[name] = { bytes, sha256: await hashOf(path) }
    const manifest: Manifest = {
      ...{ ...header, madeAt, version: await version(), instance: instanceOf(keys), files },
      databases: Object.fromEntries(
        sums.map(({ migrations, tables }, index) => [
          basename(sources[index] as string),
          { migrations, tables },
        ]),
      ),
    }
    const whole = members.reduce((sum, { bytes }) => sum + bytes, 0)
    await pack(at('backup'), { manifest, members, wrote: progress('Compressed', whole, say) })
    await publish(at('backup'), file)
    return manifest
  })
}

/** Gives a file that is whole its name. What has that name meanwhile stays. */
async function publish(from: string, to: string) {
  const taken = () => new Refusal(`${to} is there already; give another name with --out.`)
  try {
    await link(from, to)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') throw taken()
    // Some file systems have no links.
    if (existsSync(to)) throw taken()
    await rename(from, to)
  }
  // The name is on the disk, too. Some systems do not open folders.
  const folder = await open(dirname(to), 'r').catch(() => null)
  await folder?.sync().catch(() => {})
  await folder?.close()
}

/** Copies databases as they are at this moment, and tells how much of them is written. */
export async function copyDatabases(
  from: string[],
  to: string[],
  { size, say }: { size: number; say: (line: string) => void },
) {
  const wrote = progress('Copied', size, say)
  let before = 0
  const timer = setInterval(async () => {
    const now = await bytesOf(to)
    wrote(now - before)
    before = now
  }, 500)
  try {
    const answers = await run(
      'copy',
      from.map((source, index) => JSON.stringify([source, to[index]])),
    ).answer
    const failed = answers.findIndex((answer) => answer !== null)
    if (failed < 0) return
    const why = answers[failed] as string
    if (/full/.test(why)) throw new Error(why)
    throw new Refusal(`The database ${from[failed]} cannot be copied: ${why}. No backup was made.`)
  } finally {
    clearInterval(timer)
  }
}

/** Bytes that files take, of those that are there. */
export async function bytesOf(files: string[]): Promise<number> {
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) hash.update(chunk)
  return hash.digest('hex')
}
