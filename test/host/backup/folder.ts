import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { brotliDecompressSync } from 'node:zlib'
import { root } from '../../../worker/host/paths.ts'
import { databaseFiles, databases } from '../../../worker/host/serve/inventory.ts'
import { type Product, served } from '../../server.ts'

/** A command of `admin` on a data folder: its exit code and all it said. */
export async function admin(data: string, ...args: string[]) {
  const running = served('admin', [...args, '--data', data])
  return { code: await running.ended, out: running.stdout, err: running.stderr }
}

/** The file of a folder's database. */
export const databaseOf = async (data: string) => (await databaseFiles(data))[0] as string

/** What a query finds in a folder's database. */
export async function rows(data: string, query: string) {
  const db = new DatabaseSync(await databaseOf(data), { readOnly: true })
  try {
    return db
      .prepare(query)
      .all()
      .map((row) => ({ ...row }))
  } finally {
    db.close()
  }
}

/** Changes the database of a folder that nobody serves. */
export async function change(data: string, statements: string) {
  const db = new DatabaseSync(await databaseOf(data))
  db.exec(statements)
  db.close()
}

/** A data folder as release 0.1.0 left it. */
export async function release(data: string) {
  const fixture = join(root, 'test/fixtures/release-0.1.0')
  await mkdir(databases(data), { recursive: true })
  const name = '9ba2b04bf514d9facfd57ed57d849e77241a7adc99d1c1545d06688b43d84248.sqlite'
  const packed = await readFile(join(fixture, 'database.sqlite.br'))
  await writeFile(join(databases(data), name), brotliDecompressSync(packed))
  for (const name of ['secrets.json', 'demo.json']) await copyFile(join(fixture, name), join(data, name))
}

/** All files below a folder with their bytes, but those by which SQLite knows an empty log. */
export async function contents(folder: string) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !/-(shm|wal)$/.test(entry.name))
  const pairs = files.map(async ({ parentPath, name }) => {
    const file = join(parentPath, name)
    return [file.slice(folder.length), (await readFile(file)).toString('base64')]
  })
  return Object.fromEntries(await Promise.all(pairs))
}

/** A reader of the site `blog`, who posts. */
export async function post(product: Product, body: string) {
  const id = crypto.randomUUID()
  const answer = await fetch(`${product.url}/v1/sites/blog/comments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://blog.example' },
    body: JSON.stringify({
      ...{ id, key: '/a', url: 'https://blog.example/a', title: 'A title' },
      ...{ author: { name: 'Reader' }, body, elapsedMs: 9000 },
    }),
  })
  const { token } = (await answer.json()) as { token: string }
  return { id, body, token, status: answer.status }
}
