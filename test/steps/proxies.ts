import { join } from 'node:path'
import { note } from '../../worker/host/terminal.ts'
import { folders, installPackage, runnable } from './debian.ts'
import { type Counts, none } from './run.ts'

/** What proxies are called on the PATH, and in Debian. */
const packages = { nginx: 'nginx-light', caddy: 'caddy', apache2: 'apache2-bin' }

/** A proxy of this machine, or undefined. Debian keeps nginx and Apache where only root looks. */
export const findProxy = (name: keyof typeof packages): string | undefined =>
  [...folders(), '/usr/sbin'].map((folder) => join(folder, name)).find(runnable)

/** Finds the proxies or brings them. Where that cannot be done, the tests behind one are skipped. */
export async function proxies(): Promise<Counts> {
  const counts = { ...none }
  for (const [name, debian] of Object.entries(packages) as [keyof typeof packages, string][]) {
    if (!findProxy(name)) await installPackage(debian)
    const found = findProxy(name)
    note(found ? `Using ${found}.` : `No ${name} here: the tests behind it are skipped.`)
    if (found) counts.passed++
    else counts.skipped++
  }
  return counts
}
