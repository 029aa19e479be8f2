import { relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from './build.ts'
import { operator } from './operator.ts'
import { defaultData } from './paths.ts'
import { occupy, prepare, secrets } from './serve/dataFolder.ts'
import { bringDemo } from './serve/demo.ts'
import { migrate } from './serve/migrate.ts'
import { listen } from './serve/publicServer.ts'
import { signals } from './serve/workerdProcess.ts'
import { main, note, Refusal } from './terminal.ts'

const help = `npm start -- [options]

  --port N          listen on this port (8787)
  --host ADDRESS    listen on this address (127.0.0.1; 0.0.0.0 for every one)
  --data DIR        keep the database and the secrets there (.hankyo/data)
  --trust-proxy     your own reverse proxy stands in front: take the reader's address from the last
                    X-Forwarded-For value, and https from X-Forwarded-Proto
  --no-rate-limit   for load tests on this machine: honoured on loopback hosts only
  --no-demo         without the demo site`

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
  if (values['no-rate-limit'] && !/^(localhost|127\.[\d.]+|::1)$/.test(values.host))
    throw new Refusal('--no-rate-limit is for load tests on this machine and does not go with --host.')
  return { ...values, port, data: resolve(values.data) }
}

async function start() {
  const { port, host, data, help: asked, ...flags } = options()
  const url = address(host, port)
  if (asked) return void process.stdout.write(`${help}\n`)

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
    const front = await listen(host, port, flags['trust-proxy'])
    stops.push(front.close)
    await build()
    // Miniflare takes longer to load than all above: what is refused is refused without it.
    const { fireCron, serve } = await import('./serve/miniflare.ts')
    const keys = await secrets(data)
    const miniflare = await serve({
      data,
      secrets: keys,
      rateLimit: !flags['no-rate-limit'],
      log: (level, message) => note(level === 'log' || level === 'info' ? message : `${level}: ${message}`),
      before: async (db) => {
        await migrate(db)
        if (!flags['no-demo']) await bringDemo(db, { data, origin: url, secret: keys.TOKEN_SECRET })
      },
      listens: front.open,
    })
    stops.push(() => miniflare.dispose())
    stops.push(fireCron(miniflare, (error) => note(`The cron run failed: ${error}`)))
    await folder.serving(url)
    const link = await operator(url, keys.OPERATOR_KEY).signIn()
    process.stdout.write(welcome({ url, data, link: link.url, demo: !flags['no-demo'] }))
  } catch (error) {
    await stop()
    throw error
  }
}

/** npm was killed in a way it could not pass on: what it started must not stay behind. */
function onOrphaned(then: () => void) {
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && then(), 250).unref()
}

/** The address to write down: one that is everywhere is at home here. */
function address(host: string, port: number) {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function welcome({ url, data, link, demo }: { url: string; data: string; link: string; demo: boolean }) {
  const folder = relative(process.cwd(), data) || data
  const admin = `npm run --silent admin -- sign-in${data === resolve(defaultData) ? '' : ` --data ${folder}`}`
  const pages = `
  Demo article, Japanese   ${url}/demo/ja
  Demo article, English    ${url}/demo/en
  A lively thread          ${url}/demo/lively`
  return `
Hankyo serves ${url}
${demo ? pages : ''}
  Dashboard                ${link}
                           (this link signs in once; ${admin} makes another)

Its state is kept in ${folder}. Press Ctrl-C to stop.
`
}

await main(start)
