import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build } from '../../../worker/host/build.ts'
import { Cloudflare } from './cloudflare.ts'
import { Machine, type Outcome } from './machine.ts'

let folder: string

const keyOf = ({ secrets }: Outcome) => secrets.OPERATOR_KEY

/** Two accounts at once: one where all goes well, with a second machine; one where the API breaks and breaks. */
let calm: Cloudflare
let home: Machine
let first: Outcome
let elsewhere: Outcome
let renewed: Outcome
let stormy: Cloudflare
let blind: Outcome
let brokenOff: Outcome
let completed: Outcome

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hankyo-deploy-'))
  await build(['embed', 'dashboard', 'worker'])
  calm = await Cloudflare.start()
  stormy = await Cloudflare.start()
  home = await Machine.set(join(folder, 'home'))
  await Promise.all([
    (async () => {
      first = await home.deploy(calm)
      const other = await Machine.set(join(folder, 'other'))
      elsewhere = await other.deploy(calm)
      renewed = await other.deploy(calm, { flags: ['--new-operator-key'] })
    })(),
    (async () => {
      const machine = await Machine.set(join(folder, 'third'))
      blind = await machine.deploy(stormy, { broken: /^GET .*\/secrets$/ })
      stormy.account.makeDatabase('hankyo')
      stormy.account.makeQueue('hankyo-screening')
      brokenOff = await machine.deploy(stormy, { broken: /\/schedules$/ })
      completed = await machine.deploy(stormy)
    })(),
  ])
})

afterAll(async () => {
  calm.stop()
  stormy.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('the first deployment', () => {
  test('makes both databases and both queues, and applies the migrations', async () => {
    expect(first.code, first.said.join('\n')).toBe(0)
    expect(first.made).toEqual([
      ...['POST /d1/database', 'POST /d1/database'],
      ...['POST /queues', 'POST /queues'],
    ])
    const { databases, queues, workers } = calm.account
    const tables = databases[0]?.sql.prepare('SELECT name FROM sqlite_schema').all()
    expect(tables).toContainEqual({ name: 'comments' })
    const ofSearch = databases[1]?.sql.prepare('SELECT name FROM sqlite_schema').all()
    expect(ofSearch).toContainEqual({ name: 'documents' })
    expect(queues.map(({ queue_name, consumers }) => [queue_name, consumers.length])).toEqual([
      ['hankyo-screening', 1],
      ['hankyo-screening-dead', 1],
    ])
    expect(queues[0]?.consumers[0]).toMatchObject({
      script: 'hankyo',
      dead_letter_queue: 'hankyo-screening-dead',
    })
    expect(workers.get('hankyo')?.schedules).toEqual([{ cron: '* * * * *' }])
  })

  test('uploads the worker together with its secrets', () => {
    const bound = calm.account.workers.get('hankyo')?.versions[0]?.bindings.map(({ name }) => name)
    for (const name of ['DB', 'SEARCH', 'SCREENING', 'ASSETS', 'ADDRESS_LIMIT', 'SITE_LIMIT'])
      expect(bound).toContain(name)
    expect(first.secrets).toEqual({
      OPERATOR_KEY: expect.stringMatching(/^[\w-]{48}$/),
      TOKEN_SECRET: expect.stringMatching(/^[\w-]{48}$/),
    })
  })

  test('prints the embed snippet and how to sign in, and notes the key for its owner alone', async () => {
    const url = 'https://hankyo.blogger.workers.dev'
    expect(first.out).toContain(`<script type="module" src="${url}/embed.js"></script>`)
    expect(first.out).toContain('admin -- sign-in --remote')
    expect(first.out + first.said).not.toContain(keyOf(first))
    expect(first.noted).toEqual({ url, operatorKey: keyOf(first) })
    expect((await stat(home.note)).mode & 0o777).toBe(0o600)
  })
})

describe('a deployment from another machine', () => {
  test('makes nothing and keeps the secrets', () => {
    expect(elsewhere).toMatchObject({ code: 0, made: [], versions: 2, secrets: first.secrets })
  })

  test('says that it cannot know the operator key, and how to get a new one', () => {
    expect(elsewhere.noted).toEqual({ url: first.noted.url })
    expect(elsewhere.out).toContain('operator key is not known here')
    expect(elsewhere.out).toContain('npm run deploy -- --new-operator-key')
    expect(elsewhere.out).not.toContain('sign-in --remote')
    expect(elsewhere.out).toContain('<hankyo-thread')
  })

  test('replaces the operator key and nothing else when asked to', () => {
    expect(renewed).toMatchObject({ code: 0, made: [], versions: 3 })
    expect(renewed.secrets.TOKEN_SECRET).toBe(first.secrets.TOKEN_SECRET)
    expect(keyOf(renewed)).not.toBe(keyOf(first))
    expect(renewed.noted.operatorKey).toBe(keyOf(renewed))
    expect(renewed.out).toContain('the one before opens nothing')
    expect(renewed.out).toContain('sign-in --remote')
  })
})

describe('a deployment that breaks off', () => {
  test('ends with one line that says where and why', () => {
    for (const [outcome, where] of [
      [blind, 'Looking for the secrets failed'],
      [brokenOff, 'Deploying failed'],
    ] as const) {
      expect(outcome).toMatchObject({ code: 1, out: '' })
      expect(outcome.said.at(-1)).toMatch(new RegExp(`^${where}: .*Internal server error \\[code: 10001\\]`))
      expect(outcome.said.filter((line) => /failed/.test(line))).toHaveLength(1)
    }
  })

  test('takes nothing for missing because it could not look', () => {
    expect(blind).toMatchObject({ made: [], versions: 0, noted: {} })
  })

  test('is completed by the next, which makes only what is missing', () => {
    expect(brokenOff.made).toEqual(['POST /d1/database', 'POST /queues'])
    expect(completed).toMatchObject({ code: 0, made: [] })
    expect(completed.out).toContain('sign-in --remote')
    expect(stormy.account.workers.get('hankyo')?.schedules).toHaveLength(1)
    expect(stormy.account.databases).toHaveLength(2)
    expect(stormy.account.queues).toHaveLength(2)
  })

  test('loses no secret: the key that went up is the key that is noted', () => {
    expect(brokenOff.noted).toEqual({ nextOperatorKey: keyOf(brokenOff) })
    expect(completed.secrets).toEqual(brokenOff.secrets)
    expect(completed.noted).toEqual({ url: first.noted.url, operatorKey: keyOf(completed) })
  })
})

test('no version ever lacks a secret', () => {
  const versions = [calm, stormy].flatMap(({ account }) => account.workers.get('hankyo')?.versions ?? [])
  expect(versions).toHaveLength(5)
  for (const { secrets } of versions)
    expect(Object.keys(secrets).sort()).toEqual(['OPERATOR_KEY', 'TOKEN_SECRET'])
})
