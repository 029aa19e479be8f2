import { cp, mkdtemp, open, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { searchFile } from '../../../worker/host/serve/inventory.ts'
import { freePort, Product, served } from '../../server.ts'

const databases = 'v3/d1/miniflare-D1DatabaseObject'

/** The file of the database in a data folder, beside which the full-text index lies. */
async function databaseOf(data: string) {
  const name = (await readdir(join(data, databases))).find(
    (name) => /^[0-9a-f]{64}\.sqlite$/.test(name) && name !== basename(searchFile(data)),
  )
  return join(data, databases, name as string)
}

/** All files of a folder with their bytes, except those that say who serves it and SQLite's index of an empty log. */
async function contents(folder: string) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !/-(shm|wal)$/.test(entry.name))
  const pairs = files.map(async ({ parentPath, name }) => {
    const file = join(parentPath, name)
    return [file.slice(folder.length), (await readFile(file)).toString('base64')]
  })
  return Object.fromEntries(await Promise.all(pairs))
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

/** Words of one person, that nobody else says. */
const takenBack = ['Quixname', 'quixmail', 'quixhost', 'Quixfirst', 'Quixsecond', 'Quixsentence']

/** Those of some words that stand anywhere in a database's file or its log. */
async function found(database: string, words: string[]) {
  const files = await Promise.all([database, `${database}-wal`].map((file) => readFile(file).catch(() => '')))
  return words.filter((word) => files.some((bytes) => bytes.includes(word)))
}

/** Three stopped servers' worth of tests begin with this folder: a site, and what was done on it. */
let base: string
let scratch: string

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'hankyo-luck-'))
  base = join(scratch, 'base')
  const product = await Product.start({ dataDir: base, flags: ['--no-demo'] })
  const site = { id: 'blog', name: 'Blog', origins: ['https://blog.example'] }
  expect((await product.api('POST', 'sites', site)).status).toBe(201)
  const comment = {
    ...{ id: crypto.randomUUID(), key: '/a', url: 'https://blog.example/a', title: 'A title' },
    ...{ author: { name: 'Reader' }, body: 'Words', elapsedMs: 9000 },
  }
  const send = (method: string, path: string, body: unknown, token?: string) =>
    fetch(`${product.url}/v1/sites/blog/comments${path}`, {
      method,
      headers: {
        ...{ 'content-type': 'application/json', origin: 'https://blog.example' },
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  // It is counted by the limits, whose counters are kept in files of their own.
  expect((await send('POST', '', comment)).status).toBe(202)

  const [name, mail, host, first, second, sentence] = takenBack
  const id = crypto.randomUUID()
  const author = { name, email: `${mail}@mail.example`, url: `https://${host}.example/` }
  const posted = await send('POST', '', { ...comment, id, author, body: `${first} `.repeat(300) })
  const { token } = (await posted.json()) as { token: string }
  expect((await send('PATCH', `/${id}`, { revision: 1, body: second }, token)).status).toBe(200)
  const reject = { commentId: id, revision: 2, action: 'reject', reason: sentence }
  expect((await product.api('POST', 'decisions', [reject])).status).toBe(200)
  expect(await found(await databaseOf(base), takenBack)).toEqual(takenBack)
  expect((await send('DELETE', `/${id}`, undefined, token)).status).toBe(204)
  await product.stop()
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

test('no file of a stopped server holds what was taken back', async () => {
  expect(await found(await databaseOf(base), takenBack)).toEqual([])
  expect(await found(await databaseOf(base), ['Reader'])).toEqual(['Reader'])
})

let copies = 0
/** A copy of the folder, changed. */
async function changed(change: (data: string, database: string) => unknown) {
  const data = join(scratch, String(copies++))
  await cp(base, data, { recursive: true })
  await change(data, await databaseOf(data))
  return data
}

test('a stopped server leaves no log beside a database', async () => {
  const logs = (await readdir(join(base, 'v3'), { recursive: true })).filter((name) =>
    /-(wal|shm)$/.test(name),
  )
  expect(logs).toEqual([])
})

test('it notes what the database holds, and of no other file', async () => {
  const noted = JSON.parse(await readFile(join(base, 'holdings.json'), 'utf8'))
  expect(Object.keys(noted)).toEqual([basename(await databaseOf(base))])
  const counters = (await readdir(join(base, 'v3/ratelimit'), { recursive: true })).filter((name) =>
    /[0-9a-f]{64}\.sqlite$/.test(name),
  )
  expect(counters.length).toBeGreaterThan(0)
})

describe('a folder in bad luck is refused in one line that names what is wrong, and stays as it is', () => {
  const secrets = (text: string) => (data: string) => writeFile(join(data, 'secrets.json'), text)
  const rows = (change: string) => (_: string, database: string) => {
    const db = new DatabaseSync(database)
    db.exec(change)
    db.close()
  }

  test.each<[string, (data: string, database: string) => unknown, RegExp]>([
    [
      'empty secrets',
      secrets(''),
      /secrets\.json is damaged: it is empty\. Put it back from a backup, or remove/,
    ],
    ['half of the secrets', secrets('{"OPERATOR_KEY": "abc'), /secrets\.json is damaged\. Put it back/],
    ['secrets that are a list', secrets('[]'), /secrets\.json is damaged\. Put it back/],
    [
      'a secret that is too short',
      secrets('{"OPERATOR_KEY": "abc"}'),
      /secrets\.json is damaged: its OPERATOR_KEY/,
    ],
    [
      'half of the database',
      async (_, file) => truncate(file, (await stat(file)).size / 2),
      /sqlite is damaged: /,
    ],
    [
      'a database whose beginning is lost',
      async (_, file) => {
        const handle = await open(file, 'r+')
        await handle.write(Buffer.alloc(100, 'A'), 0, 100, 0)
        await handle.close()
      },
      /sqlite is damaged: file is not a database\. /,
    ],
    [
      'a database with spoilt pages',
      async (_, file) => {
        const handle = await open(file, 'r+')
        const { size } = await handle.stat()
        for (let at = 3 * 4096; at < size; at += 4 * 4096)
          await handle.write(Buffer.alloc(4096, 0xff), 0, 4096, at)
        await handle.close()
      },
      /sqlite is damaged: /,
    ],
    [
      'an emptied database',
      (_, file) => truncate(file),
      /sqlite has 0 migrations, and had \d+\. .* --accept-less$/,
    ],
    ['no database', (_, file) => rm(file), /sqlite is gone\. .* --accept-less$/],
    [
      'a database of which events are missing',
      rows('DROP TRIGGER events_keep_rows; DELETE FROM events'),
      /sqlite has 0 events, and had \d+\. /,
    ],
    [
      'a database of a newer program',
      rows("INSERT INTO d1_migrations (name) VALUES ('9999_later.sql')"),
      /newer than this Hankyo: it has the migration 9999_later\.sql\. /,
    ],
    [
      'notes that are damaged',
      (data) => writeFile(join(data, 'holdings.json'), '{'),
      /holdings\.json is damaged\. /,
    ],
  ])('%s', async (_, change, words) => {
    const data = await changed(change)
    const before = await contents(data)
    const flags = ['--port', String(await freePort()), '--data', data, '--no-demo']
    const started = served('start', flags)
    expect(await started.ended).toBe(1)
    expect(started.stdout).toBe('')
    expect(started.stderr).toMatch(/^[^\n]+\n$/)
    expect(started.stderr.trim()).toMatch(words)
    expect(await contents(data)).toEqual(before)
    const asked = served('admin', ['site', 'list', '--data', data])
    expect([await asked.ended, asked.stderr]).toEqual([1, started.stderr])
  })
})

test('an older database is taken when somebody says so, and is what counts from then on', async () => {
  const data = await changed((_, file) => rm(file))
  const product = await Product.start({ dataDir: data, flags: ['--no-demo', '--accept-less'] })
  await product.stop()
  await product.restart()
  const { items } = (await (await product.api('GET', 'sites')).json()) as { items: unknown[] }
  expect(items).toEqual([])
  await product.dispose()
})

test('secrets that were removed are made anew', async () => {
  const data = await changed((data) => rm(join(data, 'secrets.json')))
  const product = await Product.start({ dataDir: data, flags: ['--no-demo'] })
  expect((await product.api('GET', 'sites')).status).toBe(200)
  expect(await exists(join(data, 'secrets.json.new'))).toBe(false)
  await product.dispose()
})

test('a server that was killed starts again, with all it had', async () => {
  const product = await Product.start({ dataDir: await changed(() => {}), flags: ['--no-demo'] })
  await product.kill()
  await product.restart()
  const { items } = (await (await product.api('GET', 'sites')).json()) as { items: { id: string }[] }
  expect(items.map(({ id }) => id)).toEqual(['blog'])
  await product.dispose()
})

test('a server writes a file anew while it serves, a day after words were taken back', async () => {
  const data = await changed((_, file) => {
    const db = new DatabaseSync(file)
    db.exec(`CREATE TABLE words (word TEXT); INSERT INTO words VALUES ('${'Quixfree'.repeat(200)}'); DELETE FROM words;
      INSERT INTO scrubbing VALUES (1, 0)`)
    db.close()
  })
  const file = await databaseOf(data)
  expect(await found(file, ['Quixfree'])).toEqual(['Quixfree'])
  const product = await Product.start({ dataDir: data, flags: ['--no-demo'] })
  await vi.waitFor(async () => expect(await found(file, ['Quixfree'])).toEqual([]), { timeout: 30_000 })
  expect((await product.api('GET', 'sites')).status).toBe(200)
  await product.kill()
  await rm(data, { recursive: true })
})

test('a full-text index that is damaged or gone is made anew, and keeps nothing of what was taken back', async () => {
  const data = await changed(async (data) => {
    expect(await exists(searchFile(data))).toBe(true)
    await writeFile(searchFile(data), 'No database')
  })
  const product = await Product.start({ dataDir: data, flags: ['--no-demo'] })
  await vi.waitFor(
    async () => {
      const { search } = await (await product.api('GET', 'queue?tab=all&q=a')).json()
      expect(search).toMatchObject({ index: 'ready' })
    },
    { timeout: 30_000, interval: 500 },
  )
  await product.stop()
  const change = new DatabaseSync(searchFile(data))
  change.exec(`INSERT INTO documents (rowid, tokens) VALUES (1, 'quixgone quixstays'), (2, 'quixstays');
    DELETE FROM documents WHERE rowid = 1; INSERT INTO scrubbing VALUES (1, 0)`)
  change.close()
  expect(await found(searchFile(data), ['quixgone'])).toEqual(['quixgone'])
  const next = await Product.start({ dataDir: data, flags: ['--no-demo'] })
  await next.stop()
  expect(await found(searchFile(data), ['quixgone', 'quixstays'])).toEqual(['quixstays'])
  await rm(data, { recursive: true })
})

test('a database that is taken away under the server takes nothing new, and the server says so', async () => {
  const data = await changed(() => {})
  const product = await Product.start({ dataDir: data, flags: ['--no-demo'] })
  const database = await databaseOf(data)
  await rename(database, `${database}.away`)
  const health = await fetch(`${product.url}/v1/health`)
  expect([health.status, await health.json()]).toEqual([503, { status: 'down', database: 'down' }])
  const refused = await product.api('POST', 'sites', {
    id: 'lost',
    name: 'Lost',
    origins: ['https://a.example'],
  })
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '60'])
  expect((await fetch(`${product.url}/docs`)).status).toBe(200)
  expect(product.output.match(/error: The database .* was removed under the server/g)).toHaveLength(1)
  await product.dispose()
})

test('a large database is looked at whole while it is served, and then takes nothing new', async () => {
  const data = await changed(async (_, file) => {
    const db = new DatabaseSync(file)
    db.exec(`CREATE TABLE padding (bytes BLOB);
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 70)
      INSERT INTO padding SELECT zeroblob(1000000) FROM n`)
    const { rootpage } = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'padding'").get() as {
      rootpage: number
    }
    db.close()
    const handle = await open(file, 'r+')
    await handle.write(Buffer.alloc(4096, 0xff), 0, 4096, (rootpage - 1) * 4096)
    await handle.close()
  })
  const product = await Product.start({ dataDir: data, flags: ['--no-demo'] })
  await vi.waitFor(() => expect(product.output).toMatch(/error: The database .* is damaged: /), 20_000)
  expect((await fetch(`${product.url}/v1/health`)).status).toBe(503)
  expect((await fetch(`${product.url}/docs`)).status).toBe(200)
  await product.dispose()
})
