import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { made } from '../paths.ts'

/** Ask a process to stop in order. */
export const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * workerd outlives a Node process that is killed with -9: nothing tells it that its parent is gone,
 * and it would go on holding the port and the database. So it is started through this script.
 * File descriptor 3 is Miniflare's control socket, whose other end only the Node process holds: end
 * of file there means that process is gone, and then workerd is killed, if its process id is still
 * its own. `trap` keeps the terminal's Ctrl-C from workerd, which the Node process stops in order.
 */
const script = `#!/bin/sh
trap '' INT HUP
[ -n "$HANKYO_PID_FILE" ] && echo $$ >"$HANKYO_PID_FILE"
(
  cat <&3
  { cat /proc/$$/cmdline || ps -o args= -p $$; } | grep -q workerd && kill -9 $$
) </dev/null >/dev/null 2>&1 &
exec "$HANKYO_WORKERD" "$@"
`

/** Makes Miniflare start workerd on the leash and note its process id in `pidFile`. */
export function leash(pidFile: string) {
  if (process.platform === 'win32') return
  const file = join(made, 'leash.sh')
  mkdirSync(made, { recursive: true })
  // Another server may be starting from this file right now: it must never see half of it.
  const whole = `${file}.${process.pid}`
  writeFileSync(whole, script, { mode: 0o755 })
  renameSync(whole, file)
  const resolve = createRequire(createRequire(import.meta.url).resolve('miniflare'))
  const workerd = resolve('workerd')
  process.env.HANKYO_WORKERD = typeof workerd === 'string' ? workerd : workerd.default
  process.env.HANKYO_PID_FILE = pidFile
  process.env.MINIFLARE_WORKERD_PATH = file
}

/** Waits until the workerd that a killed server left behind is gone; ends it when it does not go by itself. */
export async function reap(pidFile: string) {
  let pid: number
  try {
    pid = Number(readFileSync(pidFile, 'utf8'))
  } catch {
    return
  }
  for (let waited = 0; pid && isWorkerd(pid); waited += 20) {
    if (waited === 1000) process.kill(pid, 'SIGKILL')
    if (waited > 5000) return
    await delay(20)
  }
}

/** Only Linux tells cheaply what a process is; elsewhere the leash alone does the work. */
function isWorkerd(pid: number) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('workerd\0serve')
  } catch {
    return false
  }
}
