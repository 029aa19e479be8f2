import { describe, expect, it } from 'vitest'
import type { Broken } from '../../../../worker/importers/entry.ts'
import { longestText } from '../../../../worker/importers/json/jsonReader.ts'
import { readJson } from '../../../../worker/importers/json/readJson.ts'
import type { JsonRecord } from '../../../../worker/importers/json/recordTokens.ts'
import { textOf } from './reading.ts'

async function found(source: string | AsyncIterable<string>, paths: string[], size = 1000) {
  const all: (JsonRecord | Broken)[] = []
  const text = typeof source === 'string' ? textOf(source, size) : source
  for await (const one of readJson(text, paths)) all.push(one)
  return all
}

/** What was read, in short: a value, or the line that is broken. */
async function short(source: string, paths: string[], size = 1000) {
  return (await found(source, paths, size)).map((one) =>
    one.kind === 'record' ? one.value : `broken ${one.line}`,
  )
}

/** The same characters so many times, in pieces: a file of that size is never in memory. */
async function* long(before: string, part: string, times: number, after: string) {
  yield before
  const many = part.repeat(1000)
  for (let done = 0; done < times; done += 1000) yield many
  yield after
}

describe('A file of JSON', () => {
  it('gives the records of an array, each with its line', async () => {
    const records = await found('[\n {"a": 1},\n {\n "a": {"b": [2, "x"]}}\n]\n', ['$.*'])
    expect(records).toEqual([
      { kind: 'record', place: '*', value: { a: 1 }, line: 2, cut: false },
      { kind: 'record', place: '*', value: { a: { b: [2, 'x'] } }, line: 3, cut: false },
    ])
  })

  it('gives those of an array within objects, and nothing else of them', async () => {
    const source = JSON.stringify({ version: 1, data: { Other: [{ a: 0 }], Comment: [{ a: 1 }, { a: 2 }] } })
    expect(
      (await found(source, ['$.data.Comment.*'])).map((one) => one.kind === 'record' && one.place),
    ).toEqual(['data.Comment.*', 'data.Comment.*'])
  })

  it('gives an object a line, after lines that begin with #', async () => {
    const source = '\uFEFF#filetype:JSON-streaming {"type":"Class"}\n{"a":1}\r\n\n{"a":2}\n# more\n{"a":3}'
    expect(await short(source, ['$', '$.results.*'])).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }])
  })

  it('takes several arrays or objects one after the other, with nothing between them', async () => {
    expect(await short('[{"a":1}][{"a":2},{"a":3}]\n[]', ['$.*'])).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }])
    expect(await short('{"d":[1]}{"d":[2]}', ['$.d.*'])).toEqual([1, 2])
  })

  it('takes a root for a record only where it holds none', async () => {
    expect(await short('{"results":[{"a":1}],"code":0}\n{"a":2}', ['$', '$.results.*'])).toEqual([
      { a: 1 },
      { a: 2 },
    ])
    expect(await short('{"results":{"a":1}}', ['$', '$.results.*'])).toEqual([{ results: { a: 1 } }])
  })

  it('has no end of records, wherever they may stand', async () => {
    const paths = ['$', '$.*', '$.data.*']
    for (const [before, after] of [
      ['[{}', ']'],
      ['{"code":0,"data":[{}', ']}'],
    ] as const) {
      const counts = { record: 0, broken: 0 }
      for await (const one of readJson(long(before, ',{"a":1}', 180_000, after), paths)) {
        counts[one.kind] += 1
      }
      expect(counts).toEqual({ record: 180_001, broken: 0 })
    }
  })

  it('is the same in pieces of any size', async () => {
    const value = [
      { name: 'é漢😀\ud83d\ude00"\\\n', list: [1.5e3, -7, true, null], 'k😀': '' },
      { b: '\u2028' },
    ]
    for (const size of [1, 2, 3, 7, 64]) {
      expect(await short(JSON.stringify(value), ['$.*'], size)).toEqual(value)
      expect(await short(JSON.stringify(value, null, 2), ['$.*'], size)).toEqual(value)
    }
  })

  it('keeps `__proto__` as a field like any other', async () => {
    const [record] = await found('[{"__proto__":{"admin":true},"constructor":1}]', ['$.*'])
    const value = record?.kind === 'record' ? (record.value as object) : {}
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect('admin' in value).toBe(false)
  })
})

describe('A broken file', () => {
  it('keeps what came before, and tells where it ends within a value', async () => {
    expect(await short('[{"a":1},\n{"a":2},\n{"a":', ['$.*'])).toEqual([{ a: 1 }, { a: 2 }, 'broken 1'])
    expect(await short('{"a":1}\n{"a":"x', ['$'])).toEqual([{ a: 1 }, 'broken 2'])
    expect(await short('{"a":1}\ntru', ['$'])).toEqual([{ a: 1 }, 'broken 2'])
  })

  it('tells the line of what is no JSON', async () => {
    expect(await short('[{"a":1},\n{"a":2}\n{"a":3}]', ['$.*'])).toEqual([{ a: 1 }, { a: 2 }, 'broken 3'])
    expect(await short('<html>', ['$.*'])).toEqual(['broken 1'])
  })

  it('goes on with the next line where each line is a record', async () => {
    const source = '{"a":1}\n{"a":oops}\n{"a":3}\n{"a":"no end\n{"a":5}\n{"a":6\n{"a":7}\n{"a":8}}\n{"a":9}'
    for (const size of [1, 5, 1000]) {
      expect(await short(source, ['$'], size)).toEqual([
        { a: 1 },
        'broken 2',
        { a: 3 },
        'broken 4',
        { a: 5 },
        'broken 6',
        { a: 7 },
        { a: 8 },
        'broken 8',
        { a: 9 },
      ])
    }
  })
})

describe('A hostile file', () => {
  it('has its endless text cut, and what follows it read', async () => {
    for (const part of ['x', '\\\\', '\\"', '漢', '\\ud83d\\ude00']) {
      const [first, second] = await found(long('[{"a":"', part, 1_300_000, '","b":1},{"a":2}]'), ['$.*'])
      const value = first?.kind === 'record' ? (first.value as { a: string; b: number }) : { a: '', b: 0 }
      expect(value.a.length).toBeLessThan(longestText + 70_000)
      expect(value.a.slice(0, 1000)).toBe(JSON.parse(`"${part}"`).repeat(1000).slice(0, 1000))
      expect(value.b).toBe(1)
      expect(second).toMatchObject({ value: { a: 2 } })
    }
  })

  it('has what is nested too deep read as null', async () => {
    const [first, second] = await found(long('[{"a":', '[', 1_000_000, ''), ['$.*'])
    expect([first?.kind, second]).toEqual(['broken', undefined])
    const deep = `[{"a":${'['.repeat(5000)}1${']'.repeat(5000)},"b":1},{"a":2}]`
    const records = await found(deep, ['$.*'])
    expect(records).toMatchObject([{ value: { b: 1 } }, { value: { a: 2 } }])
    expect(JSON.stringify(records).length).toBeLessThan(1000)
  })

  it('has a record of endless parts left out, and the next read', async () => {
    for (const [before, part, after] of [
      ['[{"a":0,"list":[0', ',{"n":{}}', ']},{"a":2}]'],
      ['[{"a":0', ',"name":"value"', '},{"a":2}]'],
    ] as const) {
      const [first, second] = await found(long(before, part, 300_000, after), ['$.*'])
      expect(first).toMatchObject({ kind: 'broken', line: 1 })
      expect(second).toMatchObject({ value: { a: 2 }, cut: false })
    }
  })

  it('is told of where it is cut after records that were read', async () => {
    const source = long('{"data":[{"a":1}],"other":[0', ',{"name":"value"}', 300_000, ']}')
    const [first, second] = await found(source, ['$', '$.data.*'])
    expect([first, second]).toMatchObject([{ value: { a: 1 } }, { kind: 'broken', line: 1 }])
  })

  it('has what nobody asked for passed over, whatever its size', async () => {
    const source = long('{"other":[0', ',{"name":"value"}', 150_000, '],"data":[{"a":1}]}')
    expect(await found(source, ['$.data.*'])).toMatchObject([{ value: { a: 1 }, cut: false }])
  })

  it('has an endless number refused', async () => {
    expect(await found(long('[', '1', 300_000, ']'), ['$.*'])).toMatchObject([{ kind: 'broken', line: 1 }])
  })
})
