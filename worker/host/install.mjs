/**
 * Brings node_modules in line with the lockfile; silent when it is. Runs before every npm script, under whatever Node the
 * machine has, with nothing installed yet: hence plain JavaScript. The scripts themselves then run under the machine's own
 * Node where that is new enough, else under the one of node_modules/.bin, which npm puts first on their PATH.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Packages: `start` has those of a server; `all` has those that build and test, too. `build` has the same, for now: they
 * were brought by a start that had to build, which takes them away again.
 * @typedef {'start' | 'build' | 'all'} Wanted
 * @typedef {{ lock: string, has: Wanted, node: 'own' | 'packaged' }} Stamp
 */

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..')
const modules = join(root, 'node_modules')
const stampFile = join(modules, '.hankyo-lock')

/** Whether a Node runs TypeScript as it is. @param {string} version */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18)
}

/** The version of the machine's own Node, which npm runs under. Where a script of ours runs npm, it is not known: old. */
function ownNode() {
  const { npm_node_execpath: path = process.execPath, npm_config_user_agent: agent = '' } = process.env
  if (/[\\/]node_modules[\\/]/.test(path)) return '0'
  return /\bnode\/v([\d.]+)/.exec(agent)?.[1] ?? process.versions.node
}

const lock = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex')

/** @returns {Partial<Stamp>} */
function stamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'))
  } catch {
    return {}
  }
}

/** Installs what is wanted, where it is not there. @param {Wanted} wanted */
export function install(wanted) {
  const found = stamp()
  // Who works on the product keeps what that takes.
  if (found.has === 'all') wanted = 'all'
  const now = lock()
  const isCurrent = found.lock === now && (found.node === 'packaged' || isNewEnough(ownNode()))
  if (isCurrent && (found.has === wanted || wanted === 'start')) return
  if (!isCurrent || found.has === 'start') {
    const packages = wanted === 'start' ? 'what the server needs' : 'the packages of package-lock.json'
    process.stderr.write(`Installing ${packages} (up to half a minute)…\n`)
    const isThere = isCurrent && existsSync(join(modules, 'workerd'))
    if (wanted === 'start') npm('ci', '--omit=dev')
    // What runs at this moment stays where it is.
    else npm(...(isThere ? ['install', '--no-save'] : ['ci']), '--include=dev')
  }
  settle(now, wanted)
}

/** Takes away what only building and testing need. @param {{ evenIfAsked?: boolean }} [how] also what `all` brought */
export function slim({ evenIfAsked = false } = {}) {
  const { has, lock: known } = stamp()
  if (!known || !(has === 'build' || (has === 'all' && evenIfAsked))) return
  npm('prune', '--omit=dev', '--no-save')
  // npm leaves the folders of scopes.
  for (const name of readdirSync(modules).filter((name) => name.startsWith('@')))
    if (readdirSync(join(modules, name)).length === 0) rmdirSync(join(modules, name))
  settle(known, 'start')
}

/** @param {string} lock @param {Wanted} has */
function settle(lock, has) {
  const isOwn = isNewEnough(ownNode())
  if (isOwn) removeNode()
  writeFileSync(stampFile, JSON.stringify({ lock, has, node: isOwn ? 'own' : 'packaged' }))
  // Whoever installs, another user may serve.
  chmodSync(stampFile, 0o644)
}

/** The packaged Node, where it is not needed. */
function removeNode() {
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const links = ['node', 'node.cmd', 'node.ps1'].map((name) => join('.bin', name))
  for (const name of [...Object.keys(optionalDependencies), ...links])
    rmSync(join(modules, name), { recursive: true, force: true })
}

/** @param {string[]} args */
function npm(...args) {
  const path = process.env.npm_execpath
  const flags = ['--ignore-scripts', '--include=optional', '--no-progress', '--no-audit', '--no-fund']
  const all = [...args, ...flags, '--loglevel=error']
  const [program, given] = path?.endsWith('.js')
    ? [process.env.npm_node_execpath ?? process.execPath, [path, ...all]]
    : ['npm', all]
  const mask = process.umask(0o022)
  const { status, error, stderr } = spawnSync(program, given, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: program === 'npm' && process.platform === 'win32',
  })
  process.umask(mask)
  if (!error && status === 0) return
  const lines = (stderr ?? '').split('\n').map((line) => line.replace(/^npm error ?/, '').trim())
  const reason =
    error?.message ?? lines.find((line) => line && !line.startsWith('code ')) ?? `npm ended with ${status}`
  fail(`Installing the packages failed: ${reason}`)
}

/** @param {string} message */
function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 20) fail(`Hankyo needs Node 20 or newer; this is Node ${process.versions.node}.`)
if (process.argv[1]?.endsWith('install.mjs')) install('all')
