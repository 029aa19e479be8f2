/**
 * `node run.mjs start|admin …` runs a command of a server as it was built, after it has seen to what that needs: packages,
 * a Node that is new enough, and a build. What is there already costs a few milliseconds.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'
import { install, isNewEnough, slim } from './install.mjs'
import { isBuilt } from './sources.mjs'

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..')
const built = isBuilt(root)
install(built || existsSync(join(root, '.hankyo/build.json')) ? 'start' : 'build')
if (isNewEnough(process.versions.node)) await run()
else again()

async function run() {
  const [command = ''] = process.argv.splice(2, 1)
  if (!built) {
    const build = join(root, 'worker/host/build.ts')
    const { status, signal } = spawnSync(process.execPath, [build], { stdio: ['ignore', 2, 2] })
    if (status !== 0) process.exit(signal ? 1 : status)
    slim()
  }
  module.enableCompileCache?.(join(root, '.hankyo/compiled'))
  await import(`../../.hankyo/host/${command}.js`)
}

/** The same under the Node that was just installed: what this Node was asked to do, that one does. */
function again() {
  const node = join(root, 'node_modules/.bin/node')
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit', shell: process.platform === 'win32' })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal))
  child.on('exit', (code) => process.exit(code ?? 1))
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 250).unref()
}
