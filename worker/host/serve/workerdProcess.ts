import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** Ask a process to stop in order. */
export const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * What tells a folder from every copy of it, wherever it is moved on its disk. What a copy says of who serves it is
 * said of the folder that it was copied from.
 */
export function identityOf(folder: string): string {
  const { dev, ino } = statSync(folder, { bigint: true })
  return `${dev}:${ino}`
}

/** Makes Miniflare start workerd on the leash (`leash.sh`) and note its process id in `pidFile`. */
export function leash(pidFile: string) {
  if (process.platform === 'win32') return
  const resolve = createRequire(createRequire(import.meta.url).resolve('miniflare'))
  const workerd = resolve('workerd')
  process.env.HANKYO_WORKERD = typeof workerd === 'string' ? workerd : workerd.default
  process.env.HANKYO_PID_FILE = pidFile
  process.env.HANKYO_FOLDER = identityOf(dirname(pidFile))
  process.env.MINIFLARE_WORKERD_PATH = join(import.meta.dirname, 'leash.sh')
}

/**
 * Waits until the workerd that a killed server of this folder left behind is gone; ends it when it does not go by
 * itself.
 */
export async function reap(pidFile: string) {
  let pid: number
  try {
    pid = Number(readFileSync(pidFile, 'utf8'))
  } catch {
    return
  }
  const folder = identityOf(dirname(pidFile))
  for (let waited = 0; pid && isWorkerdOf(pid, folder); waited += 20) {
    if (waited === 1000) process.kill(pid, 'SIGKILL')
    if (waited > 5000) return
    await delay(20)
  }
}

/** Only Linux tells cheaply what a process is; elsewhere the leash alone does the work. */
function isWorkerdOf(pid: number, folder: string) {
  try {
    const of = (file: string) => readFileSync(`/proc/${pid}/${file}`, 'utf8')
    return of('cmdline').includes('workerd\0serve') && of('environ').includes(`HANKYO_FOLDER=${folder}\0`)
  } catch {
    return false
  }
}
