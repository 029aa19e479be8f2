import { cp, mkdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { compiled, root } from '../../../worker/host/paths.ts'
import { command } from '../../server.ts'
import type { Cloudflare } from './cloudflare.ts'

const copied = ['worker', 'widget', 'package.json', 'package-lock.json', 'wrangler.toml', 'tsconfig.json']
const built = ['.hankyo/assets', '.hankyo/worker', '.hankyo/build.json']

/** A clone of the repository on a machine that has deployed nothing so far. */
export class Machine {
  private readonly path: string

  private constructor(path: string) {
    this.path = path
  }

  static async set(path: string) {
    const machine = new Machine(path)
    await mkdir(join(machine.path, '.hankyo'), { recursive: true })
    for (const part of [...copied, ...built])
      await cp(join(root, part), join(machine.path, part), { recursive: true })
    await symlink(join(root, 'node_modules'), join(machine.path, 'node_modules'))
    return machine
  }

  /** `npm run deploy`, with those requests answered by 500 that match `broken`. */
  async deploy(to: Cloudflare, { flags = [] as string[], broken = undefined as RegExp | undefined } = {}) {
    const { requests, account } = to
    const before = requests.length
    to.broken = broken
    const running = command(process.execPath, [join(this.path, 'worker/host/deploy.ts'), ...flags], {
      ...to.env,
      NODE_COMPILE_CACHE: compiled,
    })
    const code = await running.ended
    const worker = account.workers.get('hankyo')
    return {
      code,
      out: running.stdout,
      said: running.stderr.trim().split('\n'),
      made: requests.slice(before).filter((line) => /^POST \/(queues|d1\/database)$/.test(line)),
      versions: worker?.versions.length ?? 0,
      secrets: { ...worker?.live?.secrets },
      noted: await this.noted(),
    }
  }

  get note() {
    return join(this.path, '.hankyo/deployed.json')
  }

  private noted = () => readFile(this.note, 'utf8').then(JSON.parse, () => ({}))
}

export type Outcome = Awaited<ReturnType<Machine['deploy']>>
