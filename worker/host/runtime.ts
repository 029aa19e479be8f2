import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assets, bundle, runtimeOf } from './paths.ts'
import { executor } from './serve/database.ts'
import { internet, mailServers } from './serve/internet.ts'
import { fromEnvironment, mailFolder } from './serve/workerd.ts'
import { quiet } from './wrangler.ts'

/** As much of workerd's configuration as is changed here; `workerd.capnp` has the whole of it. */
interface Configuration {
  services: Service[]
  extensions: unknown[]
  sockets: unknown[]
  v8Flags?: string[]
}
interface Service {
  name: string
  worker?: { bindings?: Binding[]; durableObjectStorage?: object; [more: string]: unknown }
  network?: ReturnType<typeof internet>['network']
  disk?: { writable: boolean }
}
type Binding = { name: string; service?: { name: string }; data?: object; fromEnvironment?: string }

/** The bindings of `wrangler.toml`, as wrangler tells them to Miniflare. */
type Options = Record<string, unknown> & { assets: { binding: string; assetConfig: unknown } }

const worker = 'hankyo'
/** Serves the built files. */
const files = 'hankyo-files'
/** Leads to mail servers. */
const mail = 'hankyo-mail'
/** Runs statements, and fires the cron. */
const control = 'hankyo-control'

const { convertV4MiniflareOptions, kVoid, Log, LogLevel, Miniflare, serializeConfig } = createRequire(
  import.meta.url,
)('miniflare') as typeof import('miniflare')

/**
 * Writes what workerd is started with, for all starts. Miniflare knows how D1, queues, rate limits and files run in
 * workerd. It is asked when the product is built, so that no server has to carry it. Kept is what the worker needs. What a
 * start says comes from workerd's environment, and folders from its command line.
 */
export async function writeRuntime(options: Options): Promise<void> {
  const whole = await configurationOf(options)
  for (const isPrivateToo of [false, true]) {
    const config = needed({ ...whole, services: whole.services.map((one) => changed(one, isPrivateToo)) })
    await writeFile(runtimeOf(isPrivateToo), serializeConfig(config as never))
  }
}

/** The configuration that Miniflare starts workerd with. */
async function configurationOf({ assets: built, ...base }: Options): Promise<Configuration> {
  const folder = await mkdtemp(join(tmpdir(), 'hankyo-build-'))
  const told = join(folder, 'configuration.json')
  Object.assign(process.env, quiet, { MINIFLARE_WORKERD_CONFIG_DEBUG: told })
  const texts = Object.fromEntries(fromEnvironment.map((name) => [name, '']))
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      ...{ host: '127.0.0.1', port: 0, cf: false, telemetry: { enabled: false } },
      log: new Log(LogLevel.NONE),
      resourcePersistencePath: folder,
      workers: [
        {
          ...base,
          name: worker,
          modules: [esModule(await readFile(join(bundle, 'index.js'), 'utf8'))],
          bindings: { ...(base.bindings as object), ...texts },
          serviceBindings: { [built.binding]: files, INTERNET: internet(false) },
        },
        {
          name: files,
          compatibilityDate: base.compatibilityDate,
          modules: [esModule('export default {}')],
          assets: { directory: assets, assetConfig: built.assetConfig },
        },
        {
          ...{ name: control, compatibilityDate: base.compatibilityDate, bindings: texts },
          compatibilityFlags: ['service_binding_extra_handlers'],
          modules: [esModule(executor)],
          ...{ d1Databases: base.d1Databases, serviceBindings: { WORKER: worker } },
        },
      ],
    } as unknown as Parameters<typeof convertV4MiniflareOptions>[0]),
  )
  try {
    await miniflare.ready
    return JSON.parse(await readFile(told, 'utf8'))
  } finally {
    delete process.env.MINIFLARE_WORKERD_CONFIG_DEBUG
    await miniflare.dispose()
    await rm(folder, { recursive: true, force: true })
  }
}

const esModule = (contents: string) => ({ type: 'ESModule', path: 'index.js', contents })

const serviceOf = (name: string) => `core:user:${name}`

/** A service without what leads to Miniflare's own process, and without what the worker does not use. */
function changed(service: Service, isPrivateToo: boolean): Service {
  const { name, worker: code, network, disk } = service
  if (network && name.endsWith('#INTERNET')) return { ...service, ...internet(isPrivateToo) }
  if (disk) return { ...service, disk: { ...disk, writable: !name.startsWith('assets:') } }
  if (!code) return service
  const { cacheApiOutbound: _, containerEngine: __, globalOutbound: ___, bindings = [], ...rest } = code
  const kept = bindings.filter(
    ({ name, service }) => name !== 'MINIFLARE_LOOPBACK' && service?.name !== serviceOf(files),
  )
  // JSON has no word for workerd's `void`.
  const isInMemory = code.durableObjectStorage && Object.keys(code.durableObjectStorage).length === 0
  const isWorker = name === serviceOf(worker)
  if (isWorker) kept.push({ name: 'MAIL_FOLDER', service: { name: mailFolder } })
  return {
    ...service,
    worker: {
      ...rest,
      ...(isInMemory && { durableObjectStorage: { inMemory: kVoid } }),
      // Sockets alone: what is fetched goes by INTERNET.
      ...(isWorker && { globalOutbound: { name: mail } }),
      bindings: kept.map(binding),
    },
  }
}

function binding(given: Binding): Binding {
  const { name, service, data } = given
  if (fromEnvironment.some((one) => one === name)) return { name, fromEnvironment: name }
  // Bytes, which JSON has as an object.
  if (data) return { name, data: Uint8Array.from(Object.values(data)) }
  // Past the two workers that would choose between files and a worker behind them.
  if (service?.name === `assets:rpc-proxy:${files}`)
    return { name, service: { name: `assets:assets-service:${files}` } }
  return given
}

/**
 * Megabytes of each half of the room for new objects. V8 lets it grow to 16, and each isolate keeps what it once took: a
 * busy server held 130 MiB more.
 */
const semiSpace = 2

/** What our two workers lead to, and sockets of theirs alone. */
function needed({ services: given, ...rest }: Configuration): Configuration {
  const services = [...given, { name: mailFolder, disk: { writable: true } }, { name: mail, ...mailServers }]
  const all = new Map<string, Service>(services.map((service) => [service.name, service]))
  const reached = new Set<Service>()
  const reach = (name: string) => {
    const service = all.get(name)
    if (!service || reached.has(service)) return
    reached.add(service)
    for (const text of textsIn(service)) reach(text)
  }
  for (const name of [worker, control]) reach(serviceOf(name))
  const socket = (name: string, to: string, style: number) => ({
    ...{ name, address: '127.0.0.1:0', http: { style }, service: { name: serviceOf(to) } },
  })
  // Of workerd.capnp: 1 takes whole URLs, as the server in front sends them, 0 takes paths.
  const sockets = [socket('worker', worker, 1), socket('control', control, 0)]
  const v8Flags = [`--max-semi-space-size=${semiSpace}`]
  return { ...rest, services: [...reached], sockets, v8Flags }
}

/** All texts in a part of a configuration: some are names of services. */
function textsIn(part: unknown): string[] {
  if (typeof part === 'string') return [part]
  return part && typeof part === 'object' ? Object.values(part).flatMap(textsIn) : []
}
