import { randomBytes } from 'node:crypto'
import { access, chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createConnection, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { Refusal } from '../terminal.ts'
import { readKept, writeKept } from './keptFile.ts'
import { identityOf, reap } from './workerdProcess.ts'

/** What a server keeps in its data folder, besides the database. */
export interface Secrets {
  OPERATOR_KEY: string
  TOKEN_SECRET: string
}

/** `server.json`: who serves this folder now. */
export interface Server {
  pid: number
  /** The folder it serves: a copy of that holds a copy of this. Absent where an earlier release serves. */
  folder?: string
  /** Where the worker answers; absent until it does. */
  url?: string
  /** A port on which the serving process says `proof`: a process id alone may be anyone's by now. */
  guard: number
  proof: string
}

export const pidFile = (data: string) => join(data, 'workerd.pid')
const serverFile = (data: string) => join(data, 'server.json')
const lastFile = (data: string) => join(data, 'last-served.json')

/** Makes the folder, readable by its owner alone. */
export async function prepare(data: string) {
  try {
    await folder(data)
    const probe = join(data, `.probe-${process.pid}`)
    await writeFile(probe, '')
    await rm(probe)
  } catch (error) {
    throw new Refusal(
      `Cannot write in ${data} (${(error as NodeJS.ErrnoException).code}); choose another with --data.`,
    )
  }
}

/** Like `mkdir -p`, which in Node never ends where the system refuses with ENOENT (under /proc). */
async function folder(path: string): Promise<void> {
  const error = await mkdir(path, { mode: 0o700 }).catch((error) => error)
  if (!error) return
  if (error.code === 'ENOENT' && dirname(path) !== path && !(await exists(dirname(path)))) {
    await folder(dirname(path))
    await mkdir(path, { mode: 0o700 })
  } else if (error.code !== 'EEXIST') throw error
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

const secretNames = ['OPERATOR_KEY', 'TOKEN_SECRET'] as const

/** The folder's secrets, made at the first start; there is no default anywhere. */
export async function secrets(data: string): Promise<Secrets> {
  const file = join(data, 'secrets.json')
  const remedy =
    'Put it back from a backup, or remove it: the next start makes new secrets, and nothing else is lost.'
  const known = (await readKept(file, remedy)) ?? {}
  for (const name of secretNames) {
    const secret = known[name]
    if (secret !== undefined && (typeof secret !== 'string' || secret.length < 32))
      throw new Refusal(`${file} is damaged: its ${name} is no text of 32 characters or more. ${remedy}`)
  }
  const fresh = () => randomBytes(36).toString('base64url')
  const all = { OPERATOR_KEY: fresh(), TOKEN_SECRET: fresh(), ...known } as Secrets
  if (secretNames.some((name) => known[name] === undefined)) await writeKept(file, all)
  await chmod(file, 0o600)
  return all
}

/** The server that serves this folder now, or null. */
export async function running(data: string): Promise<Server | null> {
  const server: Server | null = await readFile(serverFile(data), 'utf8')
    .then(JSON.parse)
    .catch(() => null)
  if (!server || (server.folder ?? identityOf(data)) !== identityOf(data)) return null
  return (await heard(server.guard)) === server.proof ? server : null
}

/** Where a folder is or was served: where the server listens, its public URL where it has one, whether others than this machine find it. */
export interface Served {
  /** The version that serves it, where it was noted. */
  version?: string
  url: string
  publicUrl?: string | undefined
  isForReaders?: boolean
}

/** Where the folder was served last, or null where it never was; what a copy says of its original is not believed. */
export async function lastServed(data: string): Promise<Served | null> {
  const last: (Served & { folder: string }) | null = await readFile(lastFile(data), 'utf8')
    .then(JSON.parse)
    .catch(() => null)
  return last?.folder === identityOf(data) ? last : null
}

/** Notes where a folder is served, by its number on the disk. */
export const noteServed = (data: string, served: Served): Promise<void> =>
  writeFile(lastFile(data), JSON.stringify({ ...served, folder: identityOf(data) }), { mode: 0o600 })

function heard(port: number): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    const socket = createConnection({ port, host: '127.0.0.1', timeout: 2000 })
    socket.setEncoding('utf8')
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('timeout', () => socket.destroy())
    socket.on('error', () => resolve(''))
    socket.on('close', () => resolve(text))
  })
}

/**
 * Takes the folder for this process, so that no two servers share one. What a killed server left is
 * cleared away. `serving` makes the address known, and keeps it; `release` gives the folder back.
 */
export async function occupy(data: string) {
  const proof = randomBytes(16).toString('hex')
  const guard = createServer((socket) => socket.on('error', () => {}).end(proof))
  await new Promise<void>((resolve) => guard.listen(0, '127.0.0.1', resolve))
  guard.unref()
  const server: Server = {
    ...{ pid: process.pid, folder: identityOf(data), proof },
    guard: (guard.address() as { port: number }).port,
  }
  const file = serverFile(data)
  for (let stale = false; ; stale = true) {
    const taken = await writeFile(file, JSON.stringify(server), { flag: 'wx', mode: 0o600 }).then(
      () => false,
      (error) => {
        if (error.code === 'EEXIST') return true
        throw error
      },
    )
    if (!taken) break
    const other = await running(data)
    if (other || stale)
      throw new Refusal(
        `${data} is in use by the server ${other?.url ? `at ${other.url} ` : ''}(process ${other?.pid}); stop it or choose another folder with --data.`,
      )
    await rm(file, { force: true })
  }
  await reap(pidFile(data))
  return {
    serving: async (served: Served) => {
      await noteServed(data, served)
      await writeFile(file, JSON.stringify({ ...server, url: served.url }), { mode: 0o600 })
    },
    release: async () => {
      guard.close()
      await rm(file, { force: true })
      await rm(pidFile(data), { force: true })
    },
  }
}
