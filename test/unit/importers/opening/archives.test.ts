import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { BlobReader, BlobWriter, TextReader, ZipWriter } from '@zip.js/zip.js'
import { packTar } from 'modern-tar'
import { describe, expect, it } from 'vitest'
import { openFile } from '../../../../worker/importers/opening/open.ts'
import { blobOf, opened, refusalOf } from './openedText.ts'

const zipOf = async (files: Record<string, string | Blob>, options = {}) => {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false, ...options })
  for (const [path, content] of Object.entries(files))
    await writer.add(path, typeof content === 'string' ? new TextReader(content) : new BlobReader(content))
  return writer.close()
}

const tarOf = (files: Record<string, string>) =>
  packTar(
    Object.entries(files).map(([name, body]) => ({ header: { name, size: Buffer.byteLength(body) }, body })),
  )

/** A ZIP whose list names one small file under many names (APPNOTE 4.3.7, 4.3.12, 4.3.16). */
function crowdedZip(count: number, content: string): Blob {
  const header = (signature: number, length: number, fields: [at: number, value: number][]) => {
    const bytes = Buffer.alloc(length)
    bytes.writeUInt32LE(signature, 0)
    for (const [at, value] of fields) bytes.writeUInt16LE(value, at)
    return bytes
  }
  const body = Buffer.from(content)
  const first = Buffer.concat([
    header(0x04034b50, 31, [
      [18, body.length],
      [22, body.length],
      [26, 1],
    ]).fill('x', 30),
    body,
  ])
  const list = Buffer.concat(
    Array.from({ length: count }, (_, at) => {
      const name = `${at}.xml`
      const fields: [number, number][] = [
        [20, body.length],
        [24, body.length],
        [28, name.length],
      ]
      return header(0x02014b50, 46 + name.length, fields).fill(name, 46)
    }),
  )
  const end = header(0x06054b50, 22, [
    [8, count],
    [10, count],
  ])
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(first.length, 16)
  return blobOf(first, list, end)
}

/** Text that does not shrink. */
const noise = (lines: number) =>
  Array.from({ length: lines }, (_, at) => createHash('sha256').update(`${at}`).digest('base64')).join('\n')

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer())

describe('a file is read as often as it is asked for, however it is packed', () => {
  const text = `PLAIN\n${noise(4000)}`
  it.each<[string, () => Promise<Blob>, string]>([
    ['not at all', async () => blobOf(text), 'export.txt'],
    ['gzip', async () => blobOf(gzipSync(text)), 'export.txt'],
    [
      'gzip, of two members',
      async () => blobOf(gzipSync(text.slice(0, 90_000)), gzipSync(text.slice(90_000))),
      'export.txt',
    ],
    ['zip', () => zipOf({ 'a/part.xml': text }), 'a/part.xml'],
    ['zip, as it is', () => zipOf({ 'part.xml': text }, { level: 0 }), 'part.xml'],
    ['zip64', () => zipOf({ 'part.xml': text }, { zip64: true }), 'part.xml'],
    ['tar', async () => blobOf(await tarOf({ 'part.xml': text })), 'part.xml'],
    ['tar.gz', async () => blobOf(gzipSync(await tarOf({ 'part.xml': text }))), 'part.xml'],
  ])('%s', async (_, pack, path) => {
    const { texts, broken, again, warnings } = await opened(await pack())
    expect(texts).toEqual({ [path]: text })
    expect({ broken, warnings }).toEqual({ broken: [], warnings: [] })
    expect(again.texts).toEqual(texts)
  })
})

it('parts in an archive are read one after the other, and others are named', async () => {
  const zip = await zipOf({
    '1.xml': 'PLAIN one',
    'readme.txt': 'How to',
    '2.xml': 'PLAIN two',
    'inner.gz': blobOf(gzipSync('PLAIN three')),
    'x.yml': 'name: A',
  })
  const { texts, warnings } = await opened(zip)
  expect(texts).toEqual({ '1.xml': 'PLAIN one', '2.xml': 'PLAIN two' })
  expect(warnings.map(({ code, file }) => `${code} ${file}`)).toEqual([
    'not_read readme.txt',
    'nested_archive inner.gz',
    'other_format x.yml',
  ])
})

it('a folder in an archive is one source', async () => {
  const files = { 'c/a/1.yml': 'message: é', 'c/b/2.yml': 'message: two' }
  for (const blob of [await zipOf(files), blobOf(gzipSync(await tarOf(files)))]) {
    const { texts, format } = await opened(blob)
    expect(format).toBe('staticman')
    expect(texts).toEqual(files)
  }
})

describe('what is cut off gives what came before, and says so', () => {
  const text = `PLAIN\n${noise(20_000)}`

  it('gzip', async () => {
    const packed = gzipSync(text)
    const { texts, broken } = await opened(blobOf(packed.subarray(0, packed.length / 2)))
    const read = texts['export.txt'] ?? ''
    expect(text.startsWith(read)).toBe(true)
    expect(read.length).toBeGreaterThan(text.length * 0.45)
    expect(broken).toEqual([
      { line: read.split('\n').length, message: expect.stringContaining('is not whole') },
    ])
  })

  it('tar, packed or not', async () => {
    const tar = await tarOf({ 'a.yml': 'message: 1', 'b.yml': noise(5000) })
    for (const whole of [tar, gzipSync(tar)]) {
      const { texts, broken } = await opened(blobOf(whole.subarray(0, whole.length / 2)))
      expect(texts['a.yml']).toBe('message: 1')
      expect(texts['b.yml']?.length).toBeGreaterThan(noise(5000).length * 0.4)
      expect(broken.map(({ message }) => message)).toEqual([
        expect.stringContaining('b.yml is not whole'),
        expect.stringContaining('The archive ends early'),
      ])
    }
  })

  it('zip without its list', async () => {
    const files = { '1.xml': `PLAIN ${noise(100)}`, '2.xml': text }
    const whole = await bytesOf(await zipOf(files, { dataDescriptor: false }))
    const { texts, broken } = await opened(blobOf(whole.subarray(0, whole.length / 2)))
    expect(texts['1.xml']).toBe(files['1.xml'])
    expect(texts['2.xml']?.length).toBeGreaterThan(text.length * 0.4)
    expect(broken.map(({ message }) => message)).toEqual([
      expect.stringContaining('2.xml is not whole'),
      expect.stringContaining('The archive ends early'),
    ])
  })

  it('a gzip with something else behind it', async () => {
    const { texts, broken } = await opened(blobOf(gzipSync(text), 'something else'))
    expect(texts['export.txt']?.length).toBeGreaterThan(text.length - 20_000)
    expect(broken.length).toBe(1)
  })

  it('a flipped byte in a gzip', async () => {
    const packed = gzipSync(text)
    packed.fill(0xff, 300_000, 302_000)
    const { broken } = await opened(blobOf(packed))
    expect(broken.length).toBe(1)
  })
})

describe('hostile archives are refused', () => {
  it('bombs', async () => {
    const zeros = `PLAIN${'0'.repeat(66 * 1024 * 1024)}`
    expect(await refusalOf(blobOf(gzipSync(zeros, { level: 1 })))).toMatchObject({ code: 'bomb' })
    expect(await refusalOf(await zipOf({ a: blobOf(zeros) }, { level: 1 }))).toMatchObject({
      code: 'bomb',
    })
  })

  it('archives in archives alone', async () => {
    const inner = await zipOf({ '1.xml': 'PLAIN' })
    expect(await refusalOf(await zipOf({ 'inner.zip': inner }))).toMatchObject({ code: 'nested_archive' })
    expect(await refusalOf(blobOf(gzipSync(gzipSync('PLAIN'))))).toMatchObject({ code: 'nested_archive' })
  })

  it('those with a password', async () => {
    expect(await refusalOf(await zipOf({ '1.xml': 'PLAIN' }, { password: 'x' }))).toMatchObject({
      code: 'encrypted',
    })
  })

  it('those of more files than any export has, before one is unpacked', async () => {
    const begun = { read: 0 }
    const crowd = crowdedZip(60_000, 'nothing')
    const refusal = await openFile(crowd, 'many.zip', () => begun.read++).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'too_many_files' })
    expect(begun.read).toBe(0)
  })

  it('those of more parts than could be gone through again', async () => {
    const { texts } = await opened(crowdedZip(20, 'PLAIN'))
    expect(Object.keys(texts)).toHaveLength(20)
    expect(await refusalOf(crowdedZip(1_001, 'PLAIN'))).toMatchObject({ code: 'too_many_files' })
  })

  it('paths that lead out of the archive name a file and nothing else', async () => {
    const { texts } = await opened(await zipOf({ '../../etc/passwd': 'PLAIN', '/abs.xml': 'PLAIN 2' }))
    expect(texts).toEqual({ '../../etc/passwd': 'PLAIN', '/abs.xml': 'PLAIN 2' })
  })
})

describe('what is no export is told for what it is', () => {
  it.each<[string, Uint8Array | string]>([
    ['empty', ''],
    ['web_page', '<!DOCTYPE html><title>x</title>'],
    ['feed', '<?xml version="1.0"?>\n<rss version="2.0"><channel>'],
    ['table', 'name,email,comment\n"A",a@b.example,hello\n'],
    ['pdf', '%PDF-1.7'],
    ['picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47)],
    ['sql_dump', '-- MySQL dump 10.13\nCREATE TABLE wp_comments'],
    ['other_archive', Uint8Array.of(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c)],
    ['feed', '<!-- a --><!-- b -->\n<rss version="2.0"><channel>'],
    ['unknown', 'hello'],
    ['unknown', `${'<!---->'.repeat(500)}hello`],
    ['cut_off_archive', Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2)],
  ])('%s', async (code, bytes) => {
    expect(await refusalOf(blobOf(bytes))).toMatchObject({ code })
  })

  it('a spreadsheet, and an archive of nothing', async () => {
    const sheet = await zipOf({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>' })
    expect(await refusalOf(sheet)).toMatchObject({ code: 'office' })
    const nothing = await refusalOf(await zipOf({ 'a.txt': 'a', 'b.txt': 'b' }))
    expect(nothing?.code).toBe('nothing_inside')
    expect(nothing?.message).toContain('What is read: WordPress (WXR), Staticman (YAML).')
  })
})
