import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Product, served } from '../server.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hankyo-leaving-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function admin(data: string, ...args: string[]) {
  const running = served('admin', [...args, '--data', join(folder, data)])
  return { code: await running.ended, out: running.stdout, err: running.stderr }
}

/** Lines of an export that are rows, but for what a server notes by itself. */
const rowsOf = async (file: string) =>
  (await readFile(join(folder, file), 'utf8'))
    .split('\n')
    .filter((line) => line !== '' && !/^\{"(hankyo|part|roll_ups|daily_figures)":/.test(line))

test('all of the demo leaves while it is served, and stands elsewhere as it was', async () => {
  const product = await Product.start({ dataDir: join(folder, 'old') })
  const file = join(folder, 'all.jsonl')
  try {
    expect(await admin('old', 'export', '--out', file)).toMatchObject({ code: 0 })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await admin('old', 'export', '--out', file)).err).toContain('is there already')
  } finally {
    await product.stop()
  }
  const brought = await admin('new', 'import', file)
  expect(brought).toMatchObject({ code: 0 })
  expect(brought.out).toMatch(/^1 sites, \d+ comments, \d+ threads and \d+ authors are put back\.\n$/)
  expect((await admin('new', 'import', file)).code).toBe(0)
  expect(await admin('new', 'export', '--out', join(folder, 'again.jsonl'))).toMatchObject({ code: 0 })
  const rows = await rowsOf('all.jsonl')
  expect(rows.length).toBeGreaterThan(500)
  expect(await rowsOf('again.jsonl')).toEqual(rows)
})

test('a file that is cut off or changed does nothing', async () => {
  const text = await readFile(join(folder, 'all.jsonl'), 'utf8')
  for (const [wrong, said] of [
    [text.slice(0, text.length - 200), /cut off/],
    [text.replace('"name":"', '"name":"x'), /missing or changed in part 1/],
    ['id,body\n1,Hello\n', /no export of Hankyo/],
  ] as const) {
    await writeFile(join(folder, 'wrong.jsonl'), wrong)
    const refused = await admin('none', 'import', join(folder, 'wrong.jsonl'))
    expect(refused.code).toBe(1)
    expect(refused.err).toMatch(said)
  }
  expect((await admin('none', 'import', join(folder, 'nowhere.jsonl'))).err).toContain('cannot be read')
  expect((await admin('none', 'site', 'list')).out.trim()).toBe('')
})
