import { type ChildProcess, type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Health } from '../worker/contract/health.ts'
import { hostBundle, root } from '../worker/host/paths.ts'
import { isBuilt } from '../worker/host/sources.mjs'

/** A command of ours as it runs and after. */
export interface Running {
  child: ChildProcess
  stdout: string
  stderr: string
  /** Resolves with the exit code, or with the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>
}

/** Starts one of the scripts in `worker/host` as its own process. */
export function script(name: string, args: string[] = [], env: NodeJS.ProcessEnv = {}): Running {
  return command(process.execPath, [join(root, 'worker/host', name), ...args], env)
}

/** Starts a command of a server as it was built; builds it first where the sources have changed. */
export function served(
  name: 'start' | 'admin' | 'upgrade',
  args: string[] = [],
  env: NodeJS.ProcessEnv = {},
): Running {
  if (!isBuilt(root)) execFileSync(process.execPath, [join(root, 'worker/host/build.ts')])
  return command(process.execPath, [join(hostBundle, `${name}.js`), ...args], env)
}

export function command(file: string, args: string[], env: NodeJS.ProcessEnv = {}): Running {
  return watch(
    spawn(file, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] }),
  )
}

/** Listens to a process that was just started. */
export function watch(child: ChildProcessByStdio<null, Readable, Readable>): Running {
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('close', (code, signal) => resolve(signal ?? code ?? 1))
  })
  const running: Running = { child, stdout: '', stderr: '', ended }
  child.stdout.setEncoding('utf8').on('data', (text) => {
    running.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    running.stderr += text
  })
  return running
}

/** Resolves when the condition holds, looked at whenever the command says something; rejects when it ends first. */
export function until(running: Running, condition: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => condition() && resolve()
    running.child.stdout?.on('data', look)
    running.child.stderr?.on('data', look)
    void running.ended.then((code) =>
      reject(new Error(`ended with ${code}\n${running.stdout}${running.stderr}`)),
    )
    look()
  })
}

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** The product as `npm start` serves it, in a process of its own. */
export class Product {
  running: Running | undefined
  private starting: Promise<void> = Promise.resolve()

  readonly port: number
  /** The folder given as `--data`. */
  readonly dataDir: string
  private readonly flags: string[]

  private constructor(port: number, dataDir: string, flags: string[]) {
    this.port = port
    this.dataDir = dataDir
    this.flags = flags
  }

  /** Starts it on a free port and a fresh folder. */
  static async start({ flags = [] as string[], dataDir = '' } = {}): Promise<Product> {
    const product = new Product(
      await freePort(),
      dataDir || (await mkdtemp(join(tmpdir(), 'hankyo-'))),
      flags,
    )
    await product.restart()
    return product
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** What the server has said so far. */
  get output(): string {
    return `${this.running?.stdout}${this.running?.stderr}`
  }

  /** Starts again on the same port and folder, after `stop` or `kill` if those were not called before. */
  restart(): Promise<void> {
    this.starting = this.startAgain()
    return this.starting
  }

  /** Resolves when the start under way, if there is one, is done. */
  restarted(): Promise<void> {
    return this.starting
  }

  private async startAgain(): Promise<void> {
    await this.stop()
    const running = served('start', ['--port', String(this.port), '--data', this.dataDir, ...this.flags])
    this.running = running
    await until(running, () => running.stdout.includes('Press Ctrl-C'))
  }

  /** Ends it in order. */
  stop(): Promise<void> {
    return this.end('SIGTERM')
  }

  /** Ends it as a power cut would: workerd and the process that holds it, at once. */
  kill(): Promise<void> {
    return this.end('SIGKILL')
  }

  private async end(signal: NodeJS.Signals) {
    const running = this.running
    this.running = undefined
    running?.child.kill(signal)
    await running?.ended
  }

  /** Stops it and removes its folder. */
  async dispose(): Promise<void> {
    await this.stop()
    await rm(this.dataDir, { recursive: true, force: true })
  }

  async operatorKey(): Promise<string> {
    return JSON.parse(await readFile(join(this.dataDir, 'secrets.json'), 'utf8')).OPERATOR_KEY
  }

  /** A request as the operator, who may do all that moderators and owners may. */
  async api(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.url}/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${await this.operatorKey()}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }

  /** A fresh link that signs in once. */
  async dashboardLink(): Promise<string> {
    const response = await this.api('POST', 'sign-in-links', {})
    return ((await response.json()) as { url: string }).url
  }
}

/** How many comments on a server wait for screening: cheaper to ask for than the comments themselves. */
export async function unscreened(product: Product): Promise<number | undefined> {
  const health = (await (await product.api('GET', 'health')).json()) as Health
  return health.unscreened
}
