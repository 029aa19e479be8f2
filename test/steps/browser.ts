import { join } from 'node:path'
import { note } from '../../worker/host/terminal.ts'
import { folders, installPackage, runnable } from './debian.ts'
import { type Counts, none, program } from './run.ts'

/** Chromium without a window to draw: it runs the same pages with half of the work. */
const shell = 'chromium-headless-shell'
/** Names under which a Chromium may be on the PATH, and where macOS keeps its own. */
const names = [shell, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/**
 * The Chromium of this machine, or undefined: without a window if there is one, unless times are measured, which
 * must be those of what readers have. `CHROMIUM_PATH` wins.
 */
export function findChromium({ timed = false } = {}): string | undefined {
  const { CHROMIUM_PATH } = process.env
  if (CHROMIUM_PATH) return CHROMIUM_PATH
  const wanted = timed ? [...names.filter((name) => name !== shell), shell] : names
  const places = wanted.flatMap((name) => folders().map((folder) => join(folder, name)))
  return [...places, ...elsewhere].find(runnable)
}

/** Finds a Chromium or brings one, and says which. */
export async function browser(): Promise<Counts> {
  if (!process.env.CHROMIUM_PATH && !findChromium()?.endsWith(shell)) await installPackage(shell)
  const found = findChromium()
  if (found) return use(found)
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
