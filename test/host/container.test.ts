import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { root } from '../../worker/host/paths.ts'
import { freePort, type Running, until, watch } from '../server.ts'

/** The Containerfile as a list of its steps; lines that go on are one. */
const steps = readFileSync(join(root, 'worker/host/Containerfile'), 'utf8')
  .replace(/\\\n/g, ' ')
  .split('\n')
  .flatMap((line) => {
    const [, name = '', rest = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? []
    return name ? [{ name, rest }] : []
  })

const of = (name: string) => steps.filter((step) => step.name === name).map(({ rest }) => rest)

/** Debian's and Alpine's number of the user `nobody`: somebody who owns nothing. */
const nobody = 65_534
const asOther = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}

let scratch: string
let app: string
let data: string
let port: number
let running: Running | undefined
let before: string
let umask: number

/** All that the program has said. */
const output = () => `${running?.stdout}${running?.stderr}`

/** All files of the program with the times they were last changed; of its libraries their folder's. */
const listing = () =>
  execFileSync(
    'find',
    [
      app,
      `${app}/node_modules/`,
      '-maxdepth',
      '8',
      '-path',
      '*/node_modules/*/*',
      '-prune',
      '-o',
      '-printf',
      '%p %T@\\n',
    ],
    { encoding: 'utf8' },
  )

/** The recipe's own paths, port and user, as they are on this machine. */
const here = (text: string) =>
  text
    .replaceAll('/data', data)
    .replaceAll('8787', String(port))
    .replaceAll('node:node', asOther.uid === undefined ? `${process.getuid?.()}` : `${nobody}:${nobody}`)

/** No engine is needed: what the recipe copies, runs and starts is done in a folder of its own. */
beforeAll(async () => {
  // That of an image's build, whatever started the tests.
  umask = process.umask(0o022)
  scratch = await mkdtemp(join(tmpdir(), 'hankyo-image-'))
  chmodSync(scratch, 0o755)
  app = join(scratch, 'opt')
  data = join(scratch, 'volume')
  port = await freePort()
  mkdirSync(app)
  for (const step of of('COPY')) {
    const paths = step.split(' ')
    const to = join(app, paths.pop() ?? '')
    for (const path of paths)
      cpSync(join(root, path), paths.length > 1 || to.endsWith('/') ? join(app, path) : to, {
        recursive: true,
      })
  }
  // What the same step made before, so that it need not be made again where all that it is made of came along.
  symlinkSync(join(root, 'node_modules'), join(app, 'node_modules'))
  for (const name of ['assets', 'worker', 'host', 'build.json'])
    cpSync(join(root, '.hankyo', name), join(app, '.hankyo', name), {
      recursive: true,
      preserveTimestamps: true,
    })
  // The packages, npm's and Debian's, are those of these tests, and stay.
  for (const step of of('RUN').filter((step) => !step.startsWith('apt-get')))
    execFileSync('sh', ['-c', here(step).replace(' -- --slim', '')], {
      cwd: app,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
  before = listing()
  const [file = '', ...args] = JSON.parse(of('ENTRYPOINT')[0] ?? '[]').map(here)
  const started = spawn(file, [...args, '--port', String(port)], {
    ...asOther,
    cwd: app,
    env: { PATH: process.env.PATH, HOME: '/nonexistent', npm_config_logs_max: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running = watch(started)
  await until(running, () => output().includes('Hankyo serves'))
})
afterAll(async () => {
  running?.child.kill('SIGTERM')
  await running?.ended
  rmSync(scratch, { recursive: true, force: true })
  process.umask(umask)
})

describe('The image', () => {
  test('builds nothing anew from what it copies: nothing that the build reads is left out', () => {
    expect(before).toContain('/.hankyo/worker/index.js ')
    expect(before.split('\n').find((line) => line.includes('/.hankyo/logs'))).toBeUndefined()
  })

  test('has certificates of authorities, which a slim image lacks', () => {
    expect(of('FROM')).toEqual([expect.stringMatching(/-slim$/)])
    expect(of('RUN')[0]).toMatch(/^apt-get update && apt-get install .*\bca-certificates\b/)
  })

  test('is healthy by its own check, as a user who is not root', () => {
    const [check = ''] = of('HEALTHCHECK').map((rest) => here(rest.replace(/^.*?CMD /, '')))
    execFileSync('sh', ['-c', check])
    expect(() => execFileSync('sh', ['-c', check.replaceAll(String(port), '1')])).toThrow()
    expect(of('USER')).toEqual(['node'])
    if (asOther.uid === undefined) return
    const { pid } = JSON.parse(readFileSync(join(data, 'server.json'), 'utf8'))
    expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(new RegExp(`^Uid:\\s+${nobody}\\s`, 'm'))
  })

  test('writes in its data folder and nowhere in the program', async () => {
    expect((await fetch(`http://127.0.0.1:${port}/embed.js`)).status).toBe(200)
    expect(listing()).toBe(before)
  })

  test('says all that it says in lines of JSON', async () => {
    await fetch(`http://127.0.0.1:${port}/t/none?own=secret`)
    await vi.waitFor(() => expect(output()).toContain('/t/none'))
    const lines = output()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 'info',
        message: 'request',
        method: 'GET',
        path: '/t/none',
        status: 404,
      }),
    )
    expect(output()).not.toMatch(/secret|sign-in/)
  })
})

test('the unit for systemd starts the same, on a folder of its own', () => {
  const unit = readFileSync(join(root, 'worker/host/hankyo.service'), 'utf8')
  const [, start = ''] = /^ExecStart=(.*)$/m.exec(unit) ?? []
  const help = execFileSync(process.execPath, [join(root, 'worker/host/run.mjs'), 'start', '--help'], {
    encoding: 'utf8',
  })
  const flags = start.split('run.mjs start')[1]?.match(/--[\w-]+/g) ?? []
  expect(flags.length).toBeGreaterThan(3)
  for (const flag of flags) expect(help).toContain(flag)
  const folder = start.match(/--data \/var\/lib\/(\S+)/)?.[1]
  expect(unit).toContain(`StateDirectory=${folder} ${folder}-backups\n`)
})
