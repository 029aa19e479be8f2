import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { rootCertificates } from 'node:tls'
import { root } from '../paths.ts'
import { Refusal } from '../terminal.ts'

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

export interface Launch {
  /** The file of its configuration. */
  config: string
  /** Where the folders lie that the configuration names. */
  folders: Record<string, string>
  environment: Record<string, string>
  /** Where its process id is noted. */
  pidFile: string
  /** What is written to a console in it, and what it says of itself. */
  log: (level: string, message: string) => void
}

/** A workerd that listens. */
export interface Launched {
  /** Where its sockets listen, by their names. */
  ports: Record<'worker' | 'control', URL>
  ended: Promise<unknown>
  kill(): Promise<void>
}

const workerd = (): string => createRequire(import.meta.url)('workerd').default

/** Starts workerd in place of itself. */
export const leash = join(root, 'worker/host/serve/leash.sh')

/** What the leash takes from its environment. */
export const leashed = (pidFile: string) => ({
  HANKYO_WORKERD: workerd(),
  HANKYO_PID_FILE: pidFile,
  HANKYO_FOLDER: identityOf(dirname(pidFile)),
})

/** workerd found no certificates of authorities, without which it does not start. */
class NoAuthorities extends Refusal {}

/**
 * Starts workerd, on the leash where there are shells. On a machine without certificates of authorities it trusts those
 * that Node brings; where a variable names some, those alone.
 */
export async function launch(how: Launch): Promise<Launched> {
  try {
    return await begin(how)
  } catch (error) {
    if (!(error instanceof NoAuthorities) || process.env.SSL_CERT_FILE || process.env.SSL_CERT_DIR)
      throw error
    const SSL_CERT_FILE = join(dirname(how.pidFile), 'authorities.pem')
    writeFileSync(SSL_CERT_FILE, rootCertificates.join('\n'))
    return begin({ ...how, environment: { ...how.environment, SSL_CERT_FILE } })
  }
}

async function begin({ config, folders, environment, pidFile, log }: Launch): Promise<Launched> {
  const flags = Object.entries(folders).map(([name, folder]) => `--directory-path=${name}=${folder}`)
  const child = spawn(
    process.platform === 'win32' ? workerd() : leash,
    ['serve', '--binary', '--experimental', '--control-fd=3', ...flags, config],
    {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, TZ: 'UTC', ...leashed(pidFile), ...environment },
      windowsHide: true,
    },
  )
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve))
  const socket = child.stdio[3] as Readable
  // The leash keeps the other end.
  void ended.then(() => socket.destroy())
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }

  let said = ''
  const ports: Partial<Launched['ports']> = {}
  const handshakes = new Set<string>()
  const hear = (line: string) => {
    const entry = logged(line)
    const handshake = entry && failedHandshake.exec(entry.message)?.[1]
    if (handshake) {
      // The request that it was for fails, and says so. Why is told once, without a trace of workerd's own code.
      if (!handshakes.has(handshake) && handshakes.size < mostHandshakes)
        log('warn', `A server outside was not reached: ${handshake}`)
      handshakes.add(handshake)
    } else if (entry) log(entry.level, entry.message)
    if (!ports.worker) said = `${said}${entry?.message ?? line}\n`.slice(0, 2000)
  }
  const heard = [child.stdout, child.stderr].map((stream) =>
    once(createInterface(stream as Readable).on('line', hear), 'close'),
  )
  const listening = new Promise<void>((resolve) =>
    createInterface(socket).on('line', (line) => {
      const { event, socket: name, port } = JSON.parse(line)
      if (event === 'listen') ports[name as keyof Launched['ports']] = new URL(`http://127.0.0.1:${port}`)
      if (ports.worker && ports.control) resolve()
    }),
  )
  const why = await Promise.race([listening, ended])
  if (why !== undefined || !ports.worker || !ports.control) {
    await Promise.all(heard)
    throw failure(why, said)
  }
  return { ports: ports as Launched['ports'], ended, kill }
}

/** Why workerd did not start, by how it ended and what it said before. */
function failure(why: unknown, said: string): Error {
  if (said.includes('No CA certificates were loaded'))
    return new NoAuthorities(
      'No certificates of authorities were found, by which services outside are known, where SSL_CERT_FILE and SSL_CERT_DIR say: have them name some, or unset them.',
    )
  return new Error(`workerd did not start (${why}). ${said}`.trim())
}

/** How workerd says that it agreed on no encryption with a server that was asked for something. */
const failedHandshake = /^e = \S+ failed: (TLS handshake failed[^\n]*)/

/** Reasons for that which are told. */
const mostHandshakes = 20

/** A line that workerd writes as JSON, or null for any other. */
function logged(line: string): { level: string; message: string } | null {
  try {
    const { level, message } = JSON.parse(line)
    return typeof message === 'string' ? { level, message } : null
  } catch {
    return null
  }
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
