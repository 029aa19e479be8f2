import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { chown, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { packTar, unpackTar } from 'modern-tar'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { QueuePage } from '../../../worker/contract/queue.ts'
import { Product, served } from '../../server.ts'
import { admin, change, contents, databaseOf, post, release, rows } from './folder.ts'

/** A disk of its own, as containers have it; only some users may have one. */
const mounted = (size: string) => {
  const disk = mkdtempSync(join(tmpdir(), 'hankyo-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk], { stdio: 'ignore' })
    return { disk, isMounted: true }
  } catch {
    return { disk, isMounted: false }
  }
}
const unmount = async ({ disk, isMounted }: ReturnType<typeof mounted>) => {
  if (isMounted) execFileSync('umount', [disk])
  await rm(disk, { recursive: true })
}
const [small, large] = [mounted('1m'), mounted('64m')]

/** One server, on which people post while it is backed up; then it stops. */
let scratch: string
let data: string
let product: Product
const file = () => join(scratch, 'backups/one.tar.gz')
type Posted = Awaited<ReturnType<typeof post>>
let before: Posted[]
let backup: Awaited<ReturnType<typeof admin>>

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'hankyo-backup-'))
  data = join(scratch, 'data')
  product = await Product.start({ dataDir: data, flags: ['--no-demo', '--no-rate-limit'] })
  const site = { id: 'blog', name: 'Blog', origins: ['https://blog.example'], policy: 'postmoderate' }
  expect((await product.api('POST', 'sites', site)).status).toBe(201)
  before = await Promise.all(
    Array.from({ length: 20 }, (_, n) => post(product, `Before ${n}, ${crypto.randomUUID()}`)),
  )
  let over = false
  const meanwhile = (async () => {
    for (let n = 0; !over; n++) expect((await post(product, `Meanwhile ${n}`)).status).toBe(202)
  })()
  backup = await admin(data, 'backup', '--out', file())
  over = true
  await meanwhile
})
afterAll(async () => {
  await product?.stop()
  await unmount(small)
  await unmount(large)
  await rm(scratch, { recursive: true, force: true })
})

test('a backup is made while people post, and is for its owner alone', async () => {
  expect(backup, backup.err).toMatchObject({ code: 0 })
  expect(backup.out.trim()).toBe(file())
  expect((await stat(file())).mode & 0o777).toBe(0o600)
  expect(await readdir(join(scratch, 'backups'))).toEqual(['one.tar.gz'])
  const again = await admin(data, 'backup', '--out', file())
  expect([again.code, again.err]).toEqual([1, expect.stringMatching(/one\.tar\.gz is there already/)])
})

test('it is verified: every file, table, page and reference', async () => {
  const { code, out } = await admin(data, 'backup', 'verify', file())
  expect(code).toBe(0)
  expect(out).toMatch(
    /one\.tar\.gz is whole: \d+ comments on 1 site, of .* UTC \(Hankyo [\d.]+, schema \d+\)\./,
  )
  expect(out).toMatch(
    /Checked: 2 files by hash, \d\d tables by count and hash, .*; it opens with this version\./,
  )
})

test('restored elsewhere it has every comment that was taken before, byte for byte, and opens for their authors', async () => {
  const elsewhere = join(scratch, 'elsewhere')
  const restored = await admin(elsewhere, 'restore', file())
  expect(restored, restored.err).toMatchObject({ code: 0 })
  const kept = new Map(
    (await rows(elsewhere, 'SELECT id, body FROM comments')).map(({ id, body }) => [id, body]),
  )
  for (const { id, body, status } of before) expect([status, kept.get(id)]).toEqual([202, body])
  const other = await Product.start({ dataDir: elsewhere, flags: ['--no-demo'] })
  const [{ id, token }] = before as [Posted]
  const own = await fetch(`${other.url}/v1/sites/blog/comments/${id}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  expect([own.status, (await other.api('GET', 'sites')).status]).toEqual([200, 200])
  await other.dispose()
})

test('a backup that is listed says what it holds', async () => {
  const { out } = await admin(data, 'backup', 'list', '--to', join(scratch, 'backups'))
  expect(out).toMatch(/^In .*backups:\none\.tar\.gz\t[\d.]+ kB\t\d+ comments on 1 site, .*\nNo schedule\.\n$/)
})

test('what was erased since is gone again after a restore, and what else is listed', async () => {
  const home = join(scratch, 'erased')
  await admin(home, 'restore', file())
  const other = await Product.start({ dataDir: home, flags: ['--no-demo'] })
  const [withdrawn, person, listed, kept] = before as [Posted, Posted, Posted, Posted]
  const own = `${other.url}/v1/sites/blog/comments/${withdrawn.id}`
  const headers = { authorization: `Bearer ${withdrawn.token}`, origin: 'https://blog.example' }
  expect((await fetch(own, { method: 'DELETE', headers })).status).toBe(204)
  const found = await (await other.api('GET', `queue?tab=all&ids=${person.id}`)).json()
  const author = (found as QueuePage).items[0]?.author.id as string
  expect((await other.api('DELETE', `authors/${author}`)).status).toBe(202)
  await vi.waitFor(
    async () =>
      expect(await (await other.api('GET', `authors/${author}/erasure`)).json()).toMatchObject({
        state: 'done',
      }),
    { timeout: 15_000, interval: 100 },
  )
  await other.stop()
  const bodies = async () => {
    const ids = [withdrawn, person, listed, kept].map(({ id }) => id)
    const all = new Map((await rows(home, 'SELECT id, body FROM comments')).map(({ id, body }) => [id, body]))
    return ids.map((id) => all.get(id))
  }
  expect(await bodies()).toEqual(['', '', listed.body, kept.body])
  const log = join(scratch, 'erased.jsonl')
  await writeFile(log, `{"comment":"${listed.id}"}\nwords\n`)
  const refused = await admin(home, 'restore', file(), '--yes', '--erased', log)
  expect([refused.code, refused.err]).toEqual([
    1,
    expect.stringMatching(/is no log of what was erased: see its line 2/),
  ])
  await writeFile(log, `{"comment":"${listed.id}"}\n`)
  const restored = await admin(home, 'restore', file(), '--yes', '--erased', log)
  expect([restored.code, restored.err]).toEqual([0, expect.stringMatching(/Erased again .*: 3 comments\./)])
  expect(await bodies()).toEqual(['', '', '', kept.body])
  const bytes = await readFile(await databaseOf(home))
  expect([withdrawn, person, listed].filter(({ body }) => bytes.includes(body))).toEqual([])
  expect(await rows(home, 'SELECT count(*) AS n FROM erasures WHERE ended_at IS NOT NULL')).toEqual([
    { n: 1 },
  ])
})

test('a deployed instance is backed up over its API, and the file is proved by putting it back', async () => {
  const out = join(scratch, 'remote.jsonl')
  const args = ['backup', '--remote', '--url', product.url, '--out', out]
  const made = served('admin', args, { HANKYO_OPERATOR_KEY: await product.operatorKey() })
  expect([await made.ended, made.stdout], made.stderr).toEqual([0, `${out}\n`])
  expect(made.stderr).toMatch(/remote\.jsonl is whole: \d+ comments of .*put back into an empty instance/)
  expect((await stat(out)).mode & 0o777).toBe(0o600)
  const verified = await admin(data, 'backup', 'verify', out)
  expect([verified.code, verified.out]).toEqual([0, expect.stringMatching(/^.*remote\.jsonl is whole: /)])
  const changed = (await readFile(out, 'utf8')).replace(before[0]?.body as string, 'Another')
  await writeFile(out, changed)
  const refused = await admin(data, 'backup', 'verify', out)
  expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/is not as it was exported/)])
  expect((await admin(data, 'restore', out)).err).toMatch(/is an export: put it back by admin -- import/)
  expect((await admin(data, 'restore', out, '--remote')).err).toMatch(/goes without --remote/)
})

test('a restore is refused while a server runs', async () => {
  const { code, err } = await admin(data, 'restore', file(), '--yes')
  expect([code, err]).toEqual([1, expect.stringMatching(/is in use by the server at http.*; stop it/)])
})

describe('with the server stopped', () => {
  beforeAll(() => product.stop())

  let copies = 0
  async function changed(change: (file: string) => unknown) {
    const path = join(scratch, `${copies++}.tar.gz`)
    await cp(file(), path)
    await change(path)
    return path
  }
  const flip = (share: number) => async (path: string) => {
    const bytes = await readFile(path)
    const at = Math.floor(bytes.length * share)
    bytes[at] = (bytes[at] as number) ^ 1
    await writeFile(path, bytes)
  }
  const archive = (entries: Record<string, string>) => async (path: string) => {
    const all = Object.entries(entries).map(([name, body]) => ({
      header: { name, size: Buffer.byteLength(body) },
      body,
    }))
    await writeFile(path, gzipSync(await packTar(all)))
  }
  const manifest = {
    ...{ format: 'hankyo-backup', formatVersion: 1, madeAt: '2026-01-01T00:00:00.000Z', version: '0.1.0' },
    ...{ instance: 'x', files: {}, databases: {} },
  }

  test.each<[string, (path: string) => unknown, RegExp]>([
    ['is cut off', async (path) => truncate(path, (await stat(path)).size - 100), /is damaged or cut off/],
    [
      'is half there',
      async (path) => truncate(path, Math.floor((await stat(path)).size / 2)),
      /is damaged or cut off/,
    ],
    ['has another bit at its beginning', flip(0.002), /is (damaged|no backup)/],
    ['has another bit in the middle', flip(0.5), /is damaged/],
    ['has another bit near its end', flip(0.99), /is damaged/],
    ['is empty', (path) => truncate(path), /0\.tar\.gz|is (damaged|no backup)/],
    ['is no archive', (path) => writeFile(path, 'Hello'), /is damaged or cut off/],
    ['is another archive', archive({ 'readme.txt': 'Hello' }), /is no backup of Hankyo/],
    [
      'has a file that leads out of the folder',
      archive({ 'manifest.json': JSON.stringify(manifest), '../secrets.json': '{}' }),
      /is damaged: it holds "\.\.\/secrets\.json"/,
    ],
    [
      'is of a later form',
      archive({ 'manifest.json': JSON.stringify({ ...manifest, formatVersion: 2 }) }),
      /was made by a newer Hankyo/,
    ],
    ['is gone', (path) => rm(path), /There is no .*\.tar\.gz/],
  ])('a file that %s is refused in one line, and nothing is changed', async (_, damage, words) => {
    const path = await changed(damage)
    const was = await contents(data)
    for (const command of [
      ['backup', 'verify', path],
      ['restore', path, '--yes'],
    ]) {
      const { code, out, err } = await admin(data, ...command)
      expect([code, out, err]).toEqual([1, '', expect.stringMatching(words)])
      expect(err).toMatch(/^[^\n]+\n$/)
    }
    expect(await contents(data)).toEqual(was)
    expect((await readdir(scratch)).filter((name) => name.startsWith('.'))).toEqual([])
    const nowhere = join(scratch, 'nowhere')
    expect((await admin(nowhere, 'restore', path)).code).toBe(1)
    expect(existsSync(nowhere)).toBe(false)
  })

  test('data is put aside only where somebody says so, and stays whole there', async () => {
    const asked = await admin(data, 'restore', file())
    expect([asked.code, asked.err]).toEqual([
      1,
      expect.stringMatching(/holds \d+ comments\. .* Say --yes\.\n$/),
    ])
    const was = await contents(data)
    const { code, out } = await admin(data, 'restore', file(), '--yes')
    expect(code).toBe(0)
    const aside = /What was there is in (\S+before-restore-[\dT-]+): remove/.exec(out)?.[1] as string
    expect(await contents(aside)).toEqual(was)
    expect(await rows(data, "SELECT count(*) AS n FROM comments WHERE body LIKE 'Before%'")).toEqual([
      { n: 20 },
    ])
    await rm(aside, { recursive: true })
  })

  test('a backup of a newer program is refused, one of an older is brought up to date', async () => {
    const newer = join(scratch, 'newer')
    await cp(data, newer, { recursive: true })
    await change(newer, "INSERT INTO d1_migrations (name) VALUES ('9999_later.sql')")
    expect((await admin(newer, 'backup', '--out', join(scratch, 'newer.tar.gz'))).code).toBe(0)
    const refused = await admin(data, 'restore', join(scratch, 'newer.tar.gz'), '--yes')
    expect(refused.err).toMatch(
      /^This backup is of a newer Hankyo \(.*\): it has the migration 9999_later\.sql\./,
    )

    const older = join(scratch, 'older')
    await release(older)
    const counts = 'SELECT count(*) AS comments, sum(length(body)) AS bytes FROM comments'
    const had = await rows(older, counts)
    expect((await admin(older, 'backup', '--out', join(scratch, 'older.tar.gz'))).code).toBe(0)
    const { out } = await admin(join(scratch, 'current'), 'restore', join(scratch, 'older.tar.gz'))
    expect(out).toMatch(/it opens with this version after \d\d migrations/)
    expect(await rows(join(scratch, 'current'), counts)).toEqual(had)
  })

  test('a damaged database is not backed up', async () => {
    const damaged = join(scratch, 'damaged')
    await cp(data, damaged, { recursive: true })
    await change(damaged, 'PRAGMA foreign_keys = OFF; DELETE FROM threads')
    const { code, err } = await admin(damaged, 'backup', '--out', join(scratch, 'damaged.tar.gz'))
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/is damaged: a row of \w+ leads to no row of threads/),
    ])
    await expect(stat(join(scratch, 'damaged.tar.gz'))).rejects.toThrow('ENOENT')
  })

  test('one that is killed leaves no file, and the next clears up', async () => {
    const large = join(scratch, 'large')
    await cp(data, large, { recursive: true })
    await change(
      large,
      'CREATE TABLE padding (bytes BLOB); INSERT INTO padding VALUES (randomblob(60000000))',
    )
    const out = join(scratch, 'killed')
    await mkdir(out)
    const running = served('admin', ['backup', '--data', large, '--out', join(out, 'killed.tar.gz')])
    await vi.waitFor(
      () =>
        expect(readdirSync(out, { recursive: true }).some((name) => /backup$/.test(String(name)))).toBe(true),
      { timeout: 20_000, interval: 5 },
    )
    running.child.kill('SIGKILL')
    expect(await running.ended).toBe('SIGKILL')
    expect(await readdir(out)).toEqual([expect.stringMatching(/^\.hankyo-unfinished-\d+-\w{6}$/)])
    // What another user left there is theirs.
    const others = process.getuid?.() === 0 ? ['.hankyo-unfinished-1999999-aaaaaa'] : []
    for (const name of others) {
      await mkdir(join(out, name))
      await chown(join(out, name), 65534, 65534)
    }
    expect((await admin(data, 'backup', '--out', join(out, 'next.tar.gz'))).code).toBe(0)
    expect(await readdir(out)).toEqual([...others, 'next.tar.gz'])
    await rm(large, { recursive: true })
  })

  test('a table that is not the one that was written is told by its name', async () => {
    const path = await changed(async (path) => {
      const [first, ...others] = await unpackTar(gunzipSync(await readFile(path)))
      const manifest = JSON.parse(new TextDecoder().decode(first?.data))
      const [database] = Object.values(manifest.databases) as [{ tables: Record<string, { hash: string }> }]
      ;(database.tables.threads as { hash: string }).hash = '0'.repeat(64)
      const body = JSON.stringify(manifest)
      const head = { header: { name: 'manifest.json', size: Buffer.byteLength(body) }, body }
      await writeFile(path, gzipSync(await packTar([head, ...others])))
    })
    const { code, err } = await admin(data, 'backup', 'verify', path)
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/is damaged: its table threads has 1 row, and is not/),
    ])
  })

  const { disk, isMounted } = small
  test.runIf(large.isMounted)(
    'a data folder that is a disk of its own keeps what was there inside',
    async () => {
      expect((await admin(large.disk, 'restore', file())).code).toBe(0)
      await change(large.disk, "UPDATE comments SET body = 'Changed'")
      const { code, out } = await admin(large.disk, 'restore', file(), '--yes')
      expect([code, out]).toEqual([0, expect.stringMatching(/What was there is in .*\/before-restore-/)])
      const bodies = 'SELECT count(DISTINCT body) AS n FROM comments'
      const [aside] = (await readdir(large.disk)).filter((name) => name.startsWith('before-restore-'))
      expect(await rows(join(large.disk, aside as string), bodies)).toEqual([{ n: 1 }])
      expect((await rows(large.disk, bodies))[0]?.n).toBeGreaterThan(20)
      expect((await readdir(large.disk)).filter((name) => name.startsWith('.'))).toEqual([])
    },
  )

  test.runIf(isMounted)('a full disk is told, and keeps nothing of it', async () => {
    const { code, out, err } = await admin(data, 'backup', '--to', disk)
    expect([code, out, err]).toEqual([
      1,
      '',
      expect.stringMatching(/^The disk of .* has .* left, and this takes/),
    ])
    expect(await readdir(disk)).toEqual([])
    const verified = served('admin', ['backup', 'verify', file()], { TMPDIR: disk })
    expect([await verified.ended, verified.stderr]).toEqual([
      1,
      expect.stringMatching(/^The disk of .* has /),
    ])
    expect(await readdir(disk)).toEqual([])
  })
})

test('a schedule is kept by the server: each is verified, and so many are kept', async () => {
  const home = join(scratch, 'scheduled')
  const to = join(scratch, 'scheduled-backups')
  expect((await admin(home, 'backup', '--schedule', 'often')).err).toMatch(
    /takes hourly, daily, weekly or off/,
  )
  expect((await admin(home, 'backup', '--schedule', 'daily', '--to', join(home, 'x'))).err).toMatch(
    /in the data folder/,
  )
  const set = await admin(home, 'backup', '--schedule', 'daily', '--keep', '1', '--to', to)
  expect([set.code, set.out]).toEqual([
    0,
    expect.stringMatching(/makes a backup once a day in .*, and keeps 1/),
  ])
  const server = await Product.start({ dataDir: home, flags: ['--no-demo'] })
  const made = () => vi.waitFor(() => expect(server.output).toMatch(/Backed up to .*, and verified/), 15_000)
  await made()
  expect(await (await server.api('GET', 'health')).json()).toMatchObject({
    ...{ status: 'ok', backup: { madeAt: expect.stringMatching(/^20/), failed: false } },
  })
  const [first] = await readdir(to)
  expect(first).toMatch(/^hankyo-scheduled-.*Z\.tar\.gz$/)
  await server.stop()
  await admin(home, 'backup', '--to', to)
  // A day passes.
  await writeFile(join(home, 'backup-state.json'), JSON.stringify({ madeAt: Date.now() - 86_400_000 }))
  await server.restart()
  await made()
  const names = await readdir(to)
  expect(names).toHaveLength(2)
  expect(names).not.toContain(first)
  await server.stop()
  // The folder is gone, and cannot be made.
  await rm(to, { recursive: true })
  await writeFile(to, '')
  await writeFile(join(home, 'backup-state.json'), '{}')
  await server.restart()
  await vi.waitFor(
    () => expect(server.output).toMatch(/error: The backup failed: .*It is tried again in an hour/),
    15_000,
  )
  const health = async (headers = {}) =>
    (
      await fetch(`${server.url}/v1/health`, {
        headers: { authorization: `Bearer ${await server.operatorKey()}`, ...headers },
      })
    ).json()
  expect(await health()).toMatchObject({ status: 'degraded', backup: { madeAt: null, failed: true } })
  expect(await health({ 'mf-hankyo-backup': 'made=1' })).toMatchObject({ backup: { failed: true } })
  expect(await (await server.api('GET', 'metrics')).text()).toContain('\nhankyo_backup_failed 1\n')
  expect((await admin(home, 'backup', 'list')).out).toMatch(/The last one failed at/)
  await server.dispose()
  expect(await databaseOf(home).catch(() => null)).toBeUndefined()
})
