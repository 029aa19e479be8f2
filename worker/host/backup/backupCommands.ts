import { join, relative, resolve } from 'node:path'
import { isExport } from '../restore.ts'
import { note, Refusal } from '../terminal.ts'
import { isBucket } from './place.ts'
import { keepOf, type Period, periods } from './schedule.ts'

/** What the command line says besides. */
export interface Asked {
  data: string
  out?: string | undefined
  schedule?: string | undefined
  keep?: string | undefined
  to?: string | undefined
  yes: boolean
  erased?: string | undefined
}

/** Work on a data folder, whoever serves it. It answers what there is to say. */
export type FolderWork = (data: string) => Promise<string>

/** Commands of backups: each checks what was given before a folder is looked at. What they do is loaded when it is done. */
export const backupCommands: Record<string, (asked: Asked, file: string) => FolderWork> = {
  backup(asked) {
    if (asked.schedule !== undefined) return scheduling(asked)
    if (asked.keep !== undefined) throw new Refusal('--keep goes with --schedule.')
    if (asked.out !== undefined && asked.to !== undefined) throw new Refusal('--out or --to, not both.')
    return async (data) => {
      const [{ makeBackup, nameOf, usualPlace }, { inWords }, { scheduleOf }] = await Promise.all([
        import('./makeBackup.ts'),
        import('./manifest.ts'),
        import('./schedule.ts'),
      ])
      const place = asked.to ?? (await scheduleOf(data))?.to ?? usualPlace(data)
      const make = async (file: string) => {
        const manifest = await makeBackup(data, { file, say: note })
        note(`Backed up ${inWords(manifest)}. It holds the secrets: keep it as safe as the data folder.`)
        return { file, label: { instance: manifest.instance, holds: inWords(manifest) } }
      }
      const name = nameOf(new Date())
      if (asked.out === undefined && isBucket(place))
        return (await (await import('./bucketBackups.ts')).sending(place, (at) => make(join(at, name))))
          .address
      return shown((await make(resolve(asked.out ?? join(place, name)))).file)
    }
  },

  'backup list': (asked) => async (data) =>
    (await import('./listing.ts')).listed(data, asked.to && placeOf(asked.to)),

  'backup verify': (_, from) => () =>
    withFile(from, async (file) => {
      if (await isLines(file)) return (await import('./remoteBackup.ts')).proveExport(resolve(file))
      const [{ verifyBackup }, { inWords }] = await Promise.all([
        import('./verifyBackup.ts'),
        import('./manifest.ts'),
      ])
      const { manifest, migrations } = await verifyBackup(resolve(file))
      return `${from} is whole: ${inWords(manifest)}. ${checked(manifest, migrations)}`
    }),

  restore: (asked, from) => (data) =>
    withFile(from, async (file) => {
      if (await isLines(file))
        throw new Refusal(`${from} is an export: put it back by admin -- import, into an empty instance.`)
      const [{ restoreBackup }, { inWords, several }] = await Promise.all([
        import('./restoreBackup.ts'),
        import('./manifest.ts'),
      ])
      const { manifest, migrations, erased, aside } = await restoreBackup(data, {
        file: resolve(file),
        yes: asked.yes,
        erased: asked.erased && resolve(asked.erased),
      })
      if (erased > 0) note(`Erased again what was erased since the backup: ${several(erased, 'comment')}.`)
      const before = aside ? ` What was there is in ${shown(aside)}: remove it when you need it no more.` : ''
      return `Restored ${inWords(manifest)} to ${shown(data)}. ${checked(manifest, migrations)}${before}`
    }),
}

/** Whether a file is an export. One that cannot be read is told of by whoever reads it next. */
const isLines = (file: string) => isExport(file).catch(() => false)

/** What was found in order, in words. */
function checked({ databases, files }: import('./manifest.ts').Manifest, migrations: number): string {
  const tables = Object.values(databases).reduce((sum, one) => sum + Object.keys(one.tables).length, 0)
  const opens =
    migrations === 0
      ? 'it opens with this version'
      : `it opens with this version after ${migrations} migrations`
  return `Checked: ${Object.keys(files).length} files by hash, ${tables} tables by count and hash, pages, indexes and references; ${opens}.`
}

function scheduling({ schedule, keep = '10', to, out }: Asked): FolderWork {
  const isOff = schedule === 'off'
  if (!isOff && !Object.hasOwn(periods, schedule as string))
    throw new Refusal(`--schedule takes ${Object.keys(periods).join(', ')} or off, not "${schedule}".`)
  const most = keepOf(keep)
  if (out !== undefined) throw new Refusal('--out is for one backup: --schedule takes --to.')
  return async (data) => {
    const { prepare } = await import('../serve/dataFolder.ts')
    const { setSchedule } = await import('./schedule.ts')
    await prepare(data)
    if (isOff) {
      await setSchedule(data, null)
      return 'No backups are made by themselves any more. Those that are there stay.'
    }
    const { usualPlace } = await import('./makeBackup.ts')
    const folder = placeOf(to ?? usualPlace(data))
    if (isBucket(folder)) {
      // A key that opens nothing is told now, and not by the first night.
      await (await import('./bucketBackups.ts')).proveAccess(folder)
      note('The server needs the same variables (AWS_ACCESS_KEY_ID and so on) when it starts.')
    } else if (!relative(data, folder).startsWith('..'))
      throw new Refusal(
        `${folder} is in the data folder, which a restore puts aside: choose another with --to.`,
      )
    if (!isBucket(folder)) await prepare(folder)
    await setSchedule(data, { every: schedule as Period, keep: most, to: folder })
    return `The server of ${shown(data)} makes a backup ${inPeriods[schedule as Period]} in ${isBucket(folder) ? folder : shown(folder)}, verifies it, and keeps ${keep} of them.`
  }
}

const inPeriods = { hourly: 'every hour', daily: 'once a day', weekly: 'once a week' } as const

/** A place as the command line names it: a bucket, or a folder from here. */
const placeOf = (given: string) => (isBucket(given) ? given : resolve(given))

/** Works on a backup, wherever it lies. */
const withFile = async (from: string, work: (file: string) => Promise<string>) =>
  isBucket(from) ? (await import('./bucketBackups.ts')).withCopy(from, work) : work(from)

/** A path as whoever asks would write it. */
function shown(path: string): string {
  const near = relative(process.cwd(), path)
  return near && !near.startsWith('..') ? near : path
}
