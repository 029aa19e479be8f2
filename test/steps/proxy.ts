import { join } from 'node:path'
import { note } from '../../worker/host/terminal.ts'
import { folders, installPackage, runnable } from './debian.ts'
import { type Counts, none } from './run.ts'

/** The nginx of this machine, or undefined. Debian keeps it where only root looks. */
export const findNginx = (): string | undefined =>
  [...folders(), '/usr/sbin'].map((folder) => join(folder, 'nginx')).find(runnable)

/** Finds an nginx or brings one. Where that cannot be done, the tests behind it are skipped. */
export async function proxy(): Promise<Counts> {
  if (!findNginx()) await installPackage('nginx-light')
  const found = findNginx()
  note(found ? `Using ${found}.` : 'No nginx here: the tests behind it are skipped.')
  return found ? { ...none, passed: 1 } : { ...none, skipped: 1 }
}
