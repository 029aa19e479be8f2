import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Product, served } from '../../server.ts'
import { change, contents, release, rows } from './folder.ts'

/** A data folder of release 0.1.0, which is upgraded, served and taken back. */
let scratch: string
let data: string
let old: Record<string, string>
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'hankyo-upgrade-'))
  data = join(scratch, 'data')
  await release(data)
  old = await contents(data)
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

async function upgrade(...args: string[]) {
  const running = served('upgrade', [...args, '--data', data])
  return { code: await running.ended, out: running.stdout, err: running.stderr }
}

const comments = () => rows(data, 'SELECT id, status, body, name FROM comments ORDER BY id')
const newest = async () => (await rows(data, 'SELECT max(name) AS name FROM d1_migrations'))[0]?.name

test('a dry run tries the upgrade on a copy, says what changes, and changes nothing', async () => {
  const { code, out, err } = await upgrade('--dry-run')
  expect(code, err).toBe(0)
  expect(out).toMatch(
    /^Hankyo \(not noted\) → \d+\.\d+\.\d+, schema 0003 → \d{4}\.\nWould apply \d+ migrations: 0004_events\.sql, /,
  )
  expect(out).toMatch(/Tables that change: .*comments \(3\d\d rows\)/)
  expect(out).toMatch(/New tables: .*events \(\d+ rows\)/)
  expect(out).toMatch(/Tables whose rows move: .*audit_log \(\d+ rows\)/)
  expect(out).toMatch(/On a copy it took \d+ seconds?, and the copy is whole\. Nothing was changed\./)
  expect(await contents(data)).toEqual(old)
  expect(await readdir(scratch)).toEqual(['data'])
})

let had: Awaited<ReturnType<typeof comments>>

test('an upgrade backs up first, keeps every comment, and what it made is served', async () => {
  had = await comments()
  const { code, out, err } = await upgrade()
  expect(code, err).toBe(0)
  expect(out).toMatch(/Applied \d+ migrations, and verified\. To go back: npm run upgrade -- --back\n$/)
  expect(await readdir(join(scratch, 'data-backups'))).toEqual([
    expect.stringMatching(/^hankyo-before-upgrade-/),
  ])
  expect(await comments()).toEqual(had)
  expect((await upgrade()).out).toMatch(/Nothing to do/)

  const product = await Product.start({ dataDir: data })
  expect((await product.api('GET', 'sites')).status).toBe(200)
  const running = await upgrade('--back', '--yes')
  expect([running.code, running.err]).toEqual([1, expect.stringMatching(/is in use by the server/)])
  await product.stop()
})

test('one goes back to what was there before, and what came since is kept aside', async () => {
  const asked = await upgrade('--back')
  expect([asked.code, asked.err]).toEqual([1, expect.stringMatching(/holds 3\d\d comments\. .* Say --yes/)])
  await change(data, "UPDATE comments SET erased = 1, body = '', content = '[]' WHERE seq = 1")
  const { code, out, err } = await upgrade('--back', '--yes')
  expect(code, err).toBe(0)
  expect(out).toMatch(/What was erased since is listed in .*erased\.jsonl: .* do it there by hand\./)
  expect(out).toMatch(/Start version 0\.1\.0 on it: .* What was there is in .*data\.before-restore-/)
  expect([await newest(), await comments()]).toEqual([expect.stringMatching(/^0003_/), had])
})

test('a newer database is refused, and a migration that fails changes nothing', async () => {
  // What a migration is to make is there already.
  await change(data, 'CREATE TABLE events (id INTEGER)')
  const failed = await upgrade()
  expect([failed.code, failed.err]).toEqual([1, expect.stringMatching(/Migration 0004_events\.sql failed/)])
  expect([await newest(), await comments()]).toEqual([expect.stringMatching(/^0003_/), had])
  await change(data, "INSERT INTO d1_migrations (name) VALUES ('9999_later.sql')")
  const newer = await upgrade('--dry-run')
  expect([newer.code, newer.err]).toEqual([
    1,
    expect.stringMatching(/newer than this Hankyo: .*9999_later\.sql/),
  ])
})
