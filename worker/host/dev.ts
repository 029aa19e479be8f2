import { type ChildProcess, spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from './build.ts'
import { operator } from './operator.ts'
import { defaultData, made, root } from './paths.ts'
import { occupy, prepare, secrets } from './serve/dataFolder.ts'
import { bringDemo } from './serve/demo.ts'
import { inspect } from './serve/inventory.ts'
import { mailGiven, mailVariables } from './serve/mailSettings.ts'
import { migrate } from './serve/migrate.ts'
import { withDatabase } from './serve/workerd.ts'
import { main, note, Refusal } from './terminal.ts'
import { quiet, wranglerCli } from './wrangler.ts'

/**
 * `npm run dev [-- --port N] [--data DIR]`: `wrangler dev`, which builds the worker again at each
 * change, and vite building the browser parts again at each change; same state as `npm start`.
 */
async function dev() {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '8787' }, data: { type: 'string', default: defaultData } },
  })
  const data = resolve(values.data)
  const url = `http://127.0.0.1:${values.port}`
  await prepare(data)
  const folder = await occupy(data)
  const keys = await secrets(data)
  await inspect(data)
  await build()
  await withDatabase(data, async (db, search) => {
    await migrate(db, search)
    await bringDemo(db, { data, host: url, secret: keys.TOKEN_SECRET })
  })
  const mail = Object.entries(mailVariables(mailGiven(), true))
    .map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
    .join('')
  // In a file, since a command line is for everyone to read. The public URL of wrangler.toml is meant for Cloudflare.
  const vars = join(made, 'dev.env')
  await writeFile(
    vars,
    `OPERATOR_KEY=${keys.OPERATOR_KEY}\nTOKEN_SECRET=${keys.TOKEN_SECRET}\nPUBLIC_URL=\nSERVED_AT=${url}\n${mail}`,
    {
      mode: 0o600,
    },
  )

  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const watch = ['build', '--watch', '--logLevel', 'warn', '--config', 'widget/vite.config.ts']
  const children = [
    node([vite, ...watch]),
    node([vite, ...watch, '--mode', 'dashboard']),
    node([...wranglerCli(), 'dev', '--port', values.port, '--persist-to', data, '--env-file', vars]),
  ]
  const stop = async (code: number) => {
    for (const child of children) child.kill('SIGTERM')
    await folder.release()
    process.exit(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))
  for (const child of children) child.on('exit', (code) => void stop(code ?? 1))
  await folder.serving({ url })
  await announce(url, keys.OPERATOR_KEY)
}

const node = (args: string[]): ChildProcess =>
  spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...quiet },
    stdio: ['ignore', 'inherit', 'inherit'],
  })

/** Waits for wrangler, then says where to sign in. */
async function announce(url: string, key: string) {
  for (let tries = 0; tries < 100; tries++) {
    const link = await operator(url, key)
      .signIn()
      .catch((error) => {
        if (error instanceof Refusal) return null
        throw error
      })
    if (link) return note(`\nDemo: ${url}/demo/\nDashboard: ${link.url}\n`)
    await new Promise((again) => setTimeout(again, 200))
  }
}

await main(dev)
