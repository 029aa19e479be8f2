import { accessSync, constants } from 'node:fs'
import { delimiter } from 'node:path'
import { note } from '../../worker/host/terminal.ts'
import { program } from './run.ts'

/** Few words, and no long wait for a network that is not there. */
const quietly = [
  '-qq',
  '-o',
  'Dpkg::Use-Pty=0',
  ...['http', 'https'].flatMap((scheme) => ['-o', `Acquire::${scheme}::Timeout=15`]),
]

export function runnable(path: string) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Where programs are looked for. */
export const folders = (): string[] => (process.env.PATH ?? '').split(delimiter)

/** Installs a package of Debian's, where that can be done. If it fails, whatever is there already will do. */
export async function installPackage(name: string) {
  if (process.getuid?.() !== 0 || !runnable('/usr/bin/apt-get')) return
  note(`No ${name} here: installing Debian’s…`)
  process.env.DEBIAN_FRONTEND = 'noninteractive'
  const apt = (...args: string[]) => program('/usr/bin/apt-get', [...quietly, ...args])
  const install = () => apt('-y', '--no-install-recommends', 'install', name)
  // The lists of packages may be missing or too old.
  if ((await install()) !== 0 && (await apt('update')) === 0) await install()
}
