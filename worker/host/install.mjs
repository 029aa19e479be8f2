/**
 * Runs before every npm script, under whatever Node the machine has, with nothing installed yet:
 * hence plain JavaScript. Brings node_modules in line with the lockfile and is silent when it is.
 * The scripts themselves then run under the Node 22 that npm puts first on their PATH.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..')
const stamp = join(root, 'node_modules/.hankyo-lock')

const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 20) fail(`Hankyo needs Node 20 or newer; this is Node ${process.versions.node}.`)

const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .update(`${process.platform}-${process.arch}`)
  .digest('hex')
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) install()

function install() {
  process.stderr.write('Installing the packages of package-lock.json (about half a minute)…\n')
  const npm = process.env.npm_execpath
  const flags = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-progress',
    '--loglevel=error',
  ]
  const run = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }
  const { status, error, stderr } = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...flags], run)
    : spawnSync('npm', flags, { ...run, shell: process.platform === 'win32' })
  if (error || status !== 0) {
    const lines = (stderr ?? '').split('\n').map((line) => line.replace(/^npm error ?/, '').trim())
    const reason =
      error?.message ?? lines.find((line) => line && !line.startsWith('code ')) ?? `npm ended with ${status}`
    fail(`Installing the packages failed: ${reason}`)
  }
  writeFileSync(stamp, lock)
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
