import { describe, expect, it } from 'vitest'
import type { Broken } from '../../../worker/importers/entry.ts'
import { readXml } from '../../../worker/importers/xml/reader.ts'
import type { XmlRecord } from '../../../worker/importers/xml/record.ts'
import { textOf } from './json/reading.ts'

const shape = { prefixOf: () => null, records: { 'all/one': ['name', 'deep/name', 'mark'] } }

async function read(text: string | AsyncIterable<string>, length?: number): Promise<(XmlRecord | Broken)[]> {
  const found: (XmlRecord | Broken)[] = []
  for await (const one of readXml(typeof text === 'string' ? textOf(text, length) : text, shape))
    found.push(one)
  return found
}

/** The names of the records, and what is told of what is broken. */
const told = (found: (XmlRecord | Broken)[]) =>
  found.map((one) => (one.kind === 'record' ? one.text('name') : `${one.line}: ${one.message}`))

describe('XML is read as it comes', () => {
  it('gives elements by their paths, with what was asked for', async () => {
    const text =
      '<all>\n<one id="1"><name>A</name><other>no</other><deep><name>B</name></deep><mark a="x"/><mark a="y"/></one></all>'
    const [one] = await read(text)
    if (one?.kind !== 'record') throw new Error('no record')
    expect([
      one.line,
      one.attribute('id'),
      one.text('name'),
      one.text('deep/name'),
      one.text('other'),
    ]).toEqual([...[2, '1', 'A', 'B', '']])
    expect(one.all('mark').map(({ attributes }) => attributes.get('a'))).toEqual(['x', 'y'])
  })

  it('is the same wherever its pieces are parted', async () => {
    const text =
      '<?xml version="1.0"?>\r\n<!-- a & b -->\r<all><one><name>R&D &amp; Q&A</name></one>\r\n<one><name><![CDATA[a & ]]]]><![CDATA[> <b>]]></name></one>' +
      '<one><name>&#x1F600;&eacute;&unknown;&constructor;</name></one></all>'
    for (let length = 1; length < 60; length++)
      expect(told(await read(text, length))).toEqual([
        'R&D & Q&A',
        'a & ]]> <b>',
        '😀é&unknown;&constructor;',
      ])
  })

  it('counts lines, whatever ends them', async () => {
    const found = await read('<all>\r<one><name>A</name></one>\r\n<one><name>B</name></one>\n<one/></all>', 3)
    expect(found.map(({ line }) => line)).toEqual([2, 3, 4])
  })

  it('goes on after very many entities that nobody knows', async () => {
    const found = await read(
      `<all><one><name>A</name></one>${'<one>&a;</one>'.repeat(8000)}<one><name>B</name></one></all>`,
    )
    expect(told(found).at(-1)).toBe('B')
  })

  it('keeps control characters', async () => {
    expect(told(await read('<all><one><name>a\u0008b\u0000c</name></one></all>'))).toEqual([
      'a\u0008b\u0000c',
    ])
  })
})

describe('What is broken is told, and the rest is read', () => {
  const cut = 'was cut off. What came before is kept; export it again for the rest.'
  const cases: [what: string, text: string, expected: string[]][] = [
    [
      'a file that was cut off',
      '<all><one><name>A</name></one>\n<one><name>B',
      ['A', `2: The file ends within <name>: it ${cut}`],
    ],
    [
      'a file that was cut off in a tag',
      '<all><one><name>A</name></one>\n<one',
      ['A', `2: The file ends within <all>: it ${cut}`],
    ],
    ['no XML', 'hello', ['1: There is no XML in this file.']],
    ['nothing', '', ['1: There is no XML in this file.']],
    [
      'a tag that is closed by another',
      '<all>\n<one><name>A</nam></name></one><one><name>B</name></one></all>',
      [
        '2: This XML is not well-formed (unexpected close tag). Look at what was brought of this place.',
        'A</nam>',
        'B',
      ],
    ],
    ['a sign that begins no tag', '<all><one><name>I <3 you</name></one></all>', ['I <3 you']],
    ['an attribute without quotes', '<all><one><mark a=1 /><name>A</name></one></all>', ['A']],
    ['what follows its end', '<all><one><name>A</name></one></all>\n the end', ['A']],
  ]
  it.each(cases)('%s', async (_, text, expected) => {
    expect(told(await read(text))).toEqual(expected)
  })
})

describe('Hostile XML', () => {
  const over = 'Reading ends here; what came before is kept.'

  it('has no entities of its own', async () => {
    const bomb = Array.from(
      { length: 20 },
      (_, at) => `<!ENTITY a${at + 1} "${`&a${at};`.repeat(10)}">`,
    ).join('\n')
    const doctype = `<!DOCTYPE all [<!ENTITY a0 "lol"><!ENTITY xxe SYSTEM "file:///etc/passwd">\n${bomb}]>`
    const found = await read(`${doctype}<all><one><name>&xxe;&a20;</name></one></all>`)
    expect(told(found)).toEqual([
      '21: Entities that the file declares are not read. What names them stays as it is written.',
      '&xxe;&a20;',
    ])
  })

  const ends: [what: string, text: string, message: string][] = [
    ['elements within each other', '<a>'.repeat(1_000_000), 'Elements are nested too deep.'],
    ['a tag without end', `<all a="${'x'.repeat(200_000)}`, 'A tag or a comment is longer than 64 kB.'],
    ['a comment without end', `<all><!--${'x'.repeat(200_000)}`, 'A tag or a comment is longer than 64 kB.'],
    [
      'very many attributes',
      `<all ${Array.from({ length: 5000 }, (_, at) => `a${at}="1"`).join(' ')}>`,
      'An element has too many attributes.',
    ],
    ['nothing but mistakes', `<all>${'</x>'.repeat(6000)}`, 'There are too many mistakes in this XML.'],
  ]
  it.each(ends)('%s', async (_, text, message) => {
    const found = told(await read(`${text}`, 64 * 1024))
    expect(found.at(-1)).toMatch(new RegExp(`^\\d+: ${message} ${over}$`))
    expect(found.length).toBeLessThan(3)
  })

  it('does not wait for the end of a tag', async () => {
    let pieces = 0
    const found = await read({
      async *[Symbol.asyncIterator]() {
        yield '<all '
        for (; pieces < 1000; pieces++) yield `${`a${pieces}="1" `.repeat(1000)}`
      },
    })
    expect(told(found)).toEqual([`1: A tag or a comment is longer than 64 kB. ${over}`])
    expect(pieces).toBeLessThan(50)
  })

  it('holds no text that is longer than a field may be', async () => {
    const part = 'x'.repeat(1024 * 1024)
    const found = await read({
      async *[Symbol.asyncIterator]() {
        yield '<all><one><name>A</name></one><one><name>'
        for (let time = 0; time < 8; time++) yield part
        yield '</name></one><one><other>'
        for (let time = 0; time < 8; time++) yield part
        yield '</other><name>C</name></one></all>'
      },
    })
    expect(
      found.map((one) => one.kind === 'record' && [one.isTooLong, one.text('name').length <= 2 ** 20]),
    ).toEqual([
      ...[
        [false, true],
        [true, true],
        [false, true],
      ],
    ])
  })
})
