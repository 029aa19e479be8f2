import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { build } from 'vite'
import type { Task } from './worker.ts'

/** A benchmark's worker, a file of this folder, as one script. */
export async function bundled(entry = 'worker.ts'): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: join(import.meta.dirname, entry), write: false, target: 'es2024', minify: false },
  })
  const [{ output } = { output: [] }] = [result].flat() as { output: { type: string; code?: string }[] }[]
  return output.map(({ code }) => code ?? '').join('\n')
}

/** A worker in a workerd of its own, and what it costs. */
export class Workerd {
  private readonly miniflare: Miniflare
  private readonly url: URL
  private readonly pid: number | null

  private constructor(miniflare: Miniflare, url: URL, pids: number[]) {
    this.miniflare = miniflare
    this.url = url
    this.pid = pids.length === 1 ? (pids[0] as number) : null
  }

  static async start(script: string) {
    const before = await children()
    const miniflare = new Miniflare(
      convertV4MiniflareOptions({
        host: '127.0.0.1',
        port: 0,
        cf: false,
        log: new Log(LogLevel.NONE),
        telemetry: { enabled: false },
        compatibilityDate: '2026-10-20',
        modules: [{ type: 'ESModule', path: 'index.js', contents: script }],
        unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
      } as Parameters<typeof convertV4MiniflareOptions>[0]),
    )
    await miniflare.ready
    const started = (await children()).filter((pid) => !before.includes(pid))
    const workerd = new Workerd(miniflare, await miniflare.unsafeGetDirectURL(), started)
    await workerd.send({ task: 'nothing' })
    return workerd
  }

  /** Whether it is the thread's own time that is measured, rather than the clock's. */
  get ofItsOwn() {
    return this.pid !== null
  }

  /** Milliseconds that a task takes workerd. Its own clock stands still while it computes. */
  async cost(task: Task): Promise<number> {
    const before = await this.now()
    await this.send(task)
    return (await this.now()) - before
  }

  dispose = () => this.miniflare.dispose()

  private async send(task: Task) {
    const response = await fetch(this.url, { method: 'POST', body: JSON.stringify(task) })
    if (!response.ok) throw new Error(await response.text())
    await response.arrayBuffer()
  }

  private async now() {
    return this.pid === null ? performance.now() : cpuOf(this.pid)
  }
}

/** Processes of workerd that this one started; none where there is no /proc. */
async function children(): Promise<number[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const ours = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
      const [, name, parent] = stat.match(/\((.*)\) \S (\d+)/) ?? []
      return name === 'workerd' && Number(parent) === process.pid
    }),
  )
  return pids.filter((_, at) => ours[at]).map(Number)
}

/** Milliseconds that a process's main thread, on which a worker runs, has spent computing (Linux, sched-stats). */
async function cpuOf(pid: number): Promise<number> {
  const [spent] = (await readFile(`/proc/${pid}/schedstat`, 'utf8')).split(' ')
  return Number(spent) / 1e6
}
