import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { note } from '../../worker/host/terminal.ts'
import { type Counts, none, program } from './run.ts'

/** Names under which a Chromium may be on the PATH, and where macOS keeps its own. */
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The Chromium of this machine, or undefined. `CHROMIUM_PATH` wins. */
export function findChromium(): string | undefined {
  const { CHROMIUM_PATH, PATH = '' } = process.env
  if (CHROMIUM_PATH) return CHROMIUM_PATH
  const places = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  return [...places, ...elsewhere].find(runnable)
}

function runnable(path: string) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Finds a Chromium or brings one, and says which. */
export async function browser(): Promise<Counts> {
  const found = findChromium()
  if (found) return use(found)
  if (process.getuid?.() === 0 && runnable('/usr/bin/apt-get')) {
    note('No Chromium here: installing Debian’s…')
    const install = ['-y', '--no-install-recommends', 'install', 'chromium']
    const quietly = ['-qq', '-o', 'Dpkg::Use-Pty=0']
    process.env.DEBIAN_FRONTEND = 'noninteractive'
    if ((await program('/usr/bin/apt-get', [...quietly, 'update'])) === 0)
      await program('/usr/bin/apt-get', [...quietly, ...install])
    const brought = findChromium()
    if (brought) return use(brought)
  }
  note('No Chromium here: downloading Playwright’s…')
  if ((await program('playwright', ['install', 'chromium-headless-shell'])) !== 0) {
    note('That failed. Install Chromium and run the tests again, or set CHROMIUM_PATH.')
    return { ...none, failed: 1 }
  }
  note('Using Playwright’s own Chromium.')
  return { ...none, passed: 1 }
}

function use(path: string): Counts {
  note(`Using ${path}.`)
  process.env.CHROMIUM_PATH = path
  return { ...none, passed: 1 }
}
