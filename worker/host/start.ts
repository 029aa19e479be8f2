import { join } from 'node:path'
import { notedAddress } from '../store/instanceAddress.ts'
import { eraseLeft } from './backup/erasedLog.ts'
import { keepSchedule } from './backup/keepSchedule.ts'
import { operator } from './operator.ts'
import { forgetMessages } from './serve/database.ts'
import { occupy, prepare, secrets } from './serve/dataFolder.ts'
import { bringDemo } from './serve/demo.ts'
import { inspect, note, settle } from './serve/inventory.ts'
import { openLog } from './serve/log.ts'
import { forgetMailsDaily } from './serve/mailFiles.ts'
import { mailInWords, mailLacks } from './serve/mailSettings.ts'
import { migrate } from './serve/migrate.ts'
import { help, type StartOptions, startOptions } from './serve/options.ts'
import { type Front, listen, type Obstacle } from './serve/publicServer.ts'
import { reserveRoom } from './serve/room.ts'
import { scrubber } from './serve/scrub.ts'
import { watch } from './serve/watch.ts'
import { welcome } from './serve/welcome.ts'
import { fireCron, serve } from './serve/workerd.ts'
import { signals } from './serve/workerdProcess.ts'
import { signInFile } from './signInFile.ts'
import { main } from './terminal.ts'
import { version } from './version.ts'

async function start(options: StartOptions) {
  const { port, host, data, demo } = options
  const url = address(host, port)
  const publicUrl = options.publicUrl ?? address(isEverywhere(host) ? 'localhost' : host, port)
  const log = openLog(options.log)

  const stops: (() => unknown)[] = []
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each()
  }
  // Ctrl-C reaches this process twice, from the terminal and through npm: the first one counts.
  let stopping = false
  const onSignal = () => {
    if (stopping) return
    stopping = true
    void stop().finally(() => process.exit(0))
  }
  for (const signal of signals) process.on(signal, onSignal)
  if (process.env.npm_lifecycle_event) onOrphaned(onSignal)

  try {
    await prepare(data)
    const folder = await occupy(data)
    stops.push(folder.release)
    const room = await reserveRoom(data, log.say)
    stops.push(room.release)
    // A port that is taken is refused at once. But nobody is let in before the worker answers.
    await (await listen({ ...options, log })).close()
    let front: Front | undefined
    stops.push(() => front?.close())
    let worker: URL | undefined
    const keys = await secrets(data)
    const signIn = await signInFile(options.signIn ?? join(data, 'sign-in.json'), {
      must: options.signIn !== undefined,
      arePrivate: options.allowPrivateHosts,
    })
    // While workerd reads its code. It opens a database when it is first asked for it.
    const inspecting = inspect(data, options)
    inspecting.catch(() => {})
    let migrated = false
    let isAddressKnown = Boolean(options.publicUrl) || !options.isForReaders
    const served = await serve({
      data,
      secrets: keys,
      publicUrl: options.publicUrl,
      trustProxy: options.trustProxy,
      rateLimit: options.rateLimit,
      allowPrivateHosts: options.allowPrivateHosts,
      signIn,
      sessionDays: options.sessionDays,
      servedAt: options.isForReaders ? undefined : publicUrl,
      mail: options.mail,
      log: (level, message) => log.say(level === 'log' ? 'info' : level, message),
      before: async (db, search) => {
        await inspecting
        migrated = await migrate(db, search)
        await eraseLeft(data, db)
        await forgetMessages(db)
        isAddressKnown ||= (await notedAddress(db)) !== null
        if (demo) await bringDemo(db, { data, host: publicUrl, secret: keys.TOKEN_SECRET })
      },
      listens: (at) => {
        worker = at
        front?.open(at)
      },
    })
    stops.push(async () => {
      await served.dispose()
      await settle(data).catch((error) =>
        log.say('warn', `The database was left as it was: ${error.message}`),
      )
    })
    const watched = await watch(data, await inspecting, log.say)
    stops.push(watched.end)
    const obstacle = async (): Promise<Obstacle | null> => {
      const trouble = await watched.trouble()
      if (trouble) return { message: 'The database of this server needs its operator.', grave: true }
      return (await room.isLeft()) ? null : { message: fullDisk, grave: false }
    }
    const backups = keepSchedule(data, log.say)
    stops.push(backups.end)
    front = await listen({ ...options, log, obstacle, tells: backups.tells })
    if (worker) front.open(worker)
    const failed = (error: unknown) => log.say('error', `The cron run failed: ${error}`)
    stops.push(fireCron(served, failed, scrubber(data, front.hold)))
    stops.push(forgetMailsDaily(data, (error) => log.say('warn', `Old mails were not removed: ${error}`)))
    if (migrated) await note(data)
    const { publicUrl: given, isForReaders } = options
    await folder.serving({ url, publicUrl: given, isForReaders, version: await version() })
    const lacks = mailLacks(options.mail, isAddressKnown)
    if (lacks) log.say('warn', lacks)
    const mail = mailInWords(options.mail)
    if (options.log === 'json') {
      log.say('info', `Mail: ${mail}`)
      return log.say('info', `Hankyo serves ${publicUrl}`)
    }
    // A link in a file of logs would let in whoever reads that.
    const link = process.stdout.isTTY ? await operator(url, keys.OPERATOR_KEY).signIn() : null
    process.stdout.write(welcome({ ...{ url, publicUrl, data, demo, mail }, link: link?.url ?? null }))
  } catch (error) {
    await stop()
    throw error
  }
}

const fullDisk = 'The disk of this server is full; nothing new is taken until there is room.'

/** npm was killed in a way it could not pass on: what it started must not stay behind. */
function onOrphaned(then: () => void) {
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && then(), 250).unref()
}

const isEverywhere = (host: string) => host === '0.0.0.0' || host === '::'

/** Where this machine finds what listens on an address. */
function address(host: string, port: number) {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`
  if (host === '::') return `http://[::1]:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

await main(async () => {
  const options = startOptions()
  if (!options) return void process.stdout.write(`${help}\n`)
  await start(options)
})
