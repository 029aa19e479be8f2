import { once } from 'node:events'
import { createServer } from 'node:net'
import { relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from './build.ts'
import { occupy, prepare, secrets } from './data.ts'
import { defaultData } from './layout.ts'
import { migrate } from './migrate.ts'
import { operator } from './operator.ts'
import { fireCron, serve, withDatabase } from './runtime.ts'
import { main, note, Refusal } from './say.ts'
import { seed } from './seed.ts'

const help = `npm start -- [options]

  --port N          listen on this port (8787)
  --host ADDRESS    listen on this address (127.0.0.1; 0.0.0.0 for every one)
  --data DIR        keep the database and the secrets there (.hankyo/data)
  --trust-proxy     your own reverse proxy stands in front: take the reader's address from the last
                    X-Forwarded-For value, and https from X-Forwarded-Proto
  --no-rate-limit   for load tests on this machine: honoured on loopback hosts only
  --no-demo         without the demo site`

/** Makes the state in the data folder fit for this version, before anyone is served. */
async function settle(data: string, demo: boolean) {
  await withDatabase(data, async (db) => {
    await migrate(db)
    if (demo) await seed(db)
  })
}

/** One clear line instead of workerd's own words; waits a little for a server that was just killed. */
async function free(host: string, port: number) {
  for (let tries = 0; ; tries++) {
    const server = createServer()
    const error = await new Promise<NodeJS.ErrnoException | null>((done) => {
      server.once('error', done)
      server.listen(port, host, () => done(null))
    })
    if (!error) {
      server.close()
      await once(server, 'close')
      return
    }
    if (error.code === 'EACCES')
      throw new Refusal(`Port ${port} needs more rights than this user has; choose another with --port.`)
    if (error.code !== 'EADDRINUSE')
      throw new Refusal(`Cannot listen on ${host} (${error.code}); choose another with --host.`)
    if (tries === 5) throw new Refusal(`Port ${port} on ${host} is taken; choose another with --port.`)
    await new Promise((again) => setTimeout(again, 50))
  }
}

function options() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8787' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string', default: defaultData },
      'no-rate-limit': { type: 'boolean', default: false },
      'trust-proxy': { type: 'boolean', default: false },
      'no-demo': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const port = Number(values.port)
  if (!/^\d+$/.test(values.port) || port < 1 || port > 65535)
    throw new Refusal(`--port takes a number from 1 to 65535, not "${values.port}".`)
  return { ...values, port, data: resolve(values.data) }
}

const heading = (text: string) => `\n  ${text.padEnd(22)}`

async function start() {
  const { port, host, data, help: asked, ...flags } = options()
  if (asked) return void process.stdout.write(`${help}\n`)

  await prepare(data)
  const folder = await occupy(data)
  let stop = folder.release
  let stopping = false
  const end = async (code: number) => {
    if (stopping) return
    stopping = true
    await stop().catch(() => {})
    process.exit(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0))

  try {
    await free(host, port)
    await build()
    const keys = await secrets(data)
    await settle(data, !flags['no-demo'])
    const miniflare = await serve({
      data,
      host,
      port,
      secrets: keys,
      rateLimit: !flags['no-rate-limit'],
      trustProxy: flags['trust-proxy'],
      log: (level, message) => note(level === 'log' || level === 'info' ? message : `${level}: ${message}`),
    })
    const stopCron = fireCron(miniflare, (error) => note(`The cron run failed: ${error}`))
    stop = async () => {
      stopCron()
      await miniflare.dispose()
      await folder.release()
    }
    const url = `http://${['0.0.0.0', '::'].includes(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`
    await folder.serving(url)
    const link = await operator(url, keys.OPERATOR_KEY).signIn()
    const demo = flags['no-demo']
      ? ''
      : heading('Demo article (日本語)') +
        `${url}/demo/ja` +
        heading('Demo article (English)') +
        `${url}/demo/en` +
        heading('A lively thread') +
        `${url}/demo/lively`
    process.stdout.write(
      `\nHankyo serves ${url}${demo}${heading('Dashboard')}${link.url}\n${heading('')}(signs in once; npm run admin -- sign-in makes another link)\n\n` +
        `State is kept in ${relative(process.cwd(), data) || data}. Ctrl-C stops all of it.\n`,
    )
  } catch (error) {
    await stop().catch(() => {})
    throw error
  }
}

await main(start)
