import { openAsBlob } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BlobReader, TextWriter, ZipReader } from '@zip.js/zip.js'
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

test('the comments of a site leave for other systems, each thread of Markdown as a file', async () => {
  for (const [format, name, said] of [
    ['wxr', 'demo.xml', /<wp:comment_approved>1</],
    ['disqus', 'demo-disqus.xml', /<post dsq:id="/],
    ['csv', 'demo.csv', /^\ufeff"id","answers"/],
    ['markdown', 'demo.md', /^# .+\n\n\[/],
  ] as const) {
    const written = await admin(
      'new',
      'export',
      '--site',
      'demo',
      '--format',
      format,
      '--out',
      join(folder, name),
    )
    expect(written.err).toContain('Done in')
    expect(said.test(await readFile(join(folder, name), 'utf8')), name).toBe(true)
  }
  const zip = join(folder, 'demo.zip')
  await admin('new', 'export', '--site', 'demo', '--format', 'markdown', '--out', zip)
  const entries = await new ZipReader(new BlobReader(await openAsBlob(zip))).getEntries()
  expect(entries.map(({ filename }) => filename)).toHaveLength(3)
  const [first] = entries
  if (!first || first.directory) throw new Error('There is no file.')
  expect(first.filename).toMatch(/^0001-.+\.md$/)
  expect(await first.getData(new TextWriter())).toMatch(/^# .+\n\n\[.+\n\nBy /)
  expect((await admin('new', 'export', '--format', 'wxr')).err).toContain('--site')
  expect((await admin('new', 'export', '--format', 'pdf')).err).toContain('jsonl, wxr')
})
