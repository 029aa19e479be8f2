import { randomUUID } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'

interface Queue {
  queue_id: string
  queue_name: string
  consumers: { consumer_id: string; script: string; dead_letter_queue?: string }[]
}

interface Binding {
  name: string
  type: string
  text?: string
  id?: string
  queue_name?: string
}

/** What one upload made of a worker. */
interface Version {
  id: string
  bindings: Binding[]
  secrets: Record<string, string>
}

interface Worker {
  versions: Version[]
  live?: Version
  schedules: { cron: string }[]
}

/** A refusal as the API words it. */
export class Failure extends Error {
  readonly status: number
  /** Cloudflare's own. */
  readonly code: number

  constructor(status: number, code: number, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

interface Asked {
  id: string
  query: URLSearchParams
  // biome-ignore lint/suspicious/noExplicitAny: whatever wrangler sends
  json: () => Promise<any>
  form: () => Promise<FormData>
}

/** What a Cloudflare account holds, and what its API answers about it: in memory, with real SQL. */
export class Account {
  readonly id = 'f'.repeat(32)
  readonly databases: { uuid: string; name: string; sql: DatabaseSync }[] = []
  readonly queues: Queue[] = []
  readonly workers = new Map<string, Worker>()
  readonly assets = new Set<string>()

  readonly routes: Record<string, (asked: Asked) => unknown> = {
    'GET /d1/database': () => this.databases.map(({ uuid, name }) => ({ uuid, name })),
    'POST /d1/database': async ({ json }) => this.makeDatabase((await json()).name),
    'POST /d1/database/*/query': async ({ id, json }) => {
      const { sql } = found(this.databases, ({ uuid }) => uuid === id)
      return [{ results: query(sql, (await json()).sql), success: true, meta: { duration: 0 } }]
    },

    'GET /queues': ({ query }) =>
      this.queues.filter(({ queue_name }) => !query.has('name') || query.getAll('name').includes(queue_name)),
    'POST /queues': async ({ json }) => this.makeQueue((await json()).queue_name),
    'POST /queues/*/consumers': async ({ id, json }) => {
      const { script_name: script, ...rest } = await json()
      this.worker(script)
      found(this.queues, ({ queue_id }) => queue_id === id).consumers.push({
        consumer_id: id,
        script,
        ...rest,
      })
      return {}
    },
    'PUT /queues/*/consumers/*': () => ({}),

    'GET /workers/services/*': ({ id }) => {
      this.worker(id)
      return { default_environment: { environment: 'production', script: { tag: id } } }
    },
    'GET /workers/scripts/*/secrets': ({ id }) =>
      Object.keys(this.worker(id).live?.secrets ?? {}).map((name) => ({ name, type: 'secret_text' })),
    'GET /workers/scripts/*/settings': ({ id }) => ({ bindings: this.worker(id).live?.bindings }),
    'POST /workers/scripts/*/assets-upload-session': async ({ json }) => {
      const files: { hash: string }[] = Object.values((await json()).manifest)
      return {
        jwt: 'a.e30.b',
        buckets: [files.map(({ hash }) => hash).filter((hash) => !this.assets.has(hash))],
      }
    },
    'POST /workers/assets/upload': async ({ form }) => {
      for (const hash of (await form()).keys()) this.assets.add(hash)
      return { jwt: 'a.e30.b' }
    },
    'PUT /workers/scripts/*': async ({ id, form }) => {
      const worker = this.workers.get(id) ?? { versions: [], schedules: [] }
      worker.live = this.version(worker, await form())
      this.workers.set(id, worker)
      return { id, deployment_id: worker.live.id.replaceAll('-', '') }
    },
    'POST /workers/scripts/*/versions': async ({ id, form }) => ({
      id: this.version(this.worker(id), await form()).id,
      resources: { script: {} },
    }),
    'GET /workers/scripts/*/deployments': ({ id }) => ({
      deployments: [{ id, versions: [{ version_id: this.worker(id).live?.id, percentage: 100 }] }],
    }),
    'POST /workers/scripts/*/deployments': async ({ id, json }) => {
      const [{ version_id }] = (await json()).versions
      this.worker(id).live = found(this.worker(id).versions, (version) => version.id === version_id)
      return {}
    },
    'PATCH /workers/scripts/*/script-settings': () => ({}),
    'PUT /workers/scripts/*/schedules': async ({ id, json }) => {
      this.worker(id).schedules = await json()
      return {}
    },
    'GET /workers/subdomain': () => ({ subdomain: 'blogger' }),
    'GET /workers/workers/*': ({ id }) => ({ id: this.worker(id) && id, subdomain: { enabled: true } }),
    'POST /workers/scripts/*/subdomain': () => ({ enabled: true, previews_enabled: true }),
  }

  makeDatabase(name: string) {
    const uuid = randomUUID()
    this.databases.push({ uuid, name, sql: new DatabaseSync(':memory:') })
    return { uuid, name }
  }

  makeQueue(queue_name: string): Queue {
    const queue: Queue = { queue_id: randomUUID(), queue_name, consumers: [] }
    this.queues.push(queue)
    return queue
  }

  private worker(name: string): Worker {
    const worker = this.workers.get(name)
    if (!worker) throw new Failure(404, 10007, 'This Worker does not exist on your account.')
    return worker
  }

  /** Takes an upload; what it binds must be there. Secrets it does not bring stay as it asks. */
  private version(worker: Worker, form: FormData): Version {
    const { bindings, keep_bindings = [] } = JSON.parse(String(form.get('metadata')))
    const kept = keep_bindings.includes('secret_text') ? worker.live?.secrets : {}
    const version: Version = { id: randomUUID(), bindings, secrets: { ...kept } }
    for (const { type, name, text, id, queue_name } of version.bindings) {
      if (type === 'secret_text') version.secrets[name] = String(text)
      if (type === 'd1') found(this.databases, ({ uuid }) => uuid === id)
      if (type === 'queue') found(this.queues, (queue) => queue.queue_name === queue_name)
    }
    worker.versions.push(version)
    return version
  }
}

function found<One>(all: One[], is: (one: One) => boolean): One {
  const one = all.find(is)
  if (!one) throw new Failure(404, 7404, 'There is no such thing on this account.')
  return one
}

/** One statement gives its rows; several are one transaction, as in D1. */
function query(sql: DatabaseSync, text: string) {
  if (!text.trim().replace(/;$/, '').includes(';')) return sql.prepare(text).all()
  sql.exec(`BEGIN; ${text}; COMMIT`)
  return []
}
