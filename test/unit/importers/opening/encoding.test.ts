import Encoding from 'encoding-japanese'
import { describe, expect, it } from 'vitest'
import { blobOf, opened } from './openedText.ts'

const japanese = 'PLAIN\nはじめまして、コメントを書きます。\n東京の天気は晴れでした。ﾊﾝｶｸも\n'
const western = 'PLAIN\nélan, père et “naïve” — déjà vu: 20 €\n'

const encode = (text: string, to: 'SJIS' | 'EUCJP' | 'JIS') =>
  new Uint8Array(Encoding.convert(Encoding.stringToCode(text), { from: 'UNICODE', to }))

const utf16 = (text: string, isBig: boolean, mark = '') => {
  const all = mark + text
  const view = new DataView(new ArrayBuffer(all.length * 2))
  for (let at = 0; at < all.length; at++) view.setUint16(at * 2, all.charCodeAt(at), !isBig)
  return new Uint8Array(view.buffer)
}

/** Bytes of a text in Windows' western encoding, as far as the texts here need it. */
const windows1252 = (text: string) => {
  const high: Record<string, number> = { '€': 0x80, '“': 0x93, '”': 0x94, '—': 0x97 }
  return Uint8Array.from(text, (char) => high[char] ?? char.charCodeAt(0))
}

const textOf = async (...parts: (Uint8Array | string)[]) => {
  const { texts, warnings } = await opened(blobOf(...parts))
  return { text: texts['export.txt'], warnings: warnings.map(({ code, what }) => `${code} ${what}`) }
}

describe('text is read in the encoding that it has', () => {
  it.each<[string, Uint8Array | string, string, string[]]>([
    ['UTF-8', japanese, japanese, []],
    ['UTF-8 with a mark', `\ufeff${japanese}`, japanese, []],
    ['UTF-16 LE with a mark', utf16(japanese, false, '\ufeff'), japanese, []],
    ['UTF-16 BE with a mark', utf16(japanese, true, '\ufeff'), japanese, []],
    ['UTF-16 LE without one', utf16(japanese, false), japanese, []],
    ['UTF-16 BE without one', utf16(japanese, true), japanese, []],
    ['Shift_JIS', encode(japanese, 'SJIS'), japanese, ['assumed_encoding shift_jis']],
    ['EUC-JP', encode(japanese, 'EUCJP'), japanese, ['assumed_encoding euc-jp']],
    ['Windows-1252', windows1252(western), western, ['assumed_encoding windows-1252']],
  ])('%s', async (_, bytes, text, warnings) => {
    expect(await textOf(bytes)).toEqual({ text, warnings })
  })

  it('ISO-2022-JP, whose half-width kana become full', async () => {
    const { text } = await textOf(encode(japanese.replace('ﾊﾝｶｸ', 'ハンカク'), 'JIS'))
    expect(text).toBe(japanese.replace('ﾊﾝｶｸ', 'ハンカク'))
  })
})

describe('what a declaration says', () => {
  const declared = (name: string) => `<?xml version="1.0" encoding="${name}"?>\n`

  it.each<[string, Uint8Array, string[]]>([
    ['Shift_JIS', encode(declared('Shift_JIS') + japanese, 'SJIS'), []],
    ['EUC-JP', encode(declared('EUC-JP') + japanese, 'EUCJP'), []],
    ['EUC-JP', encode(declared('EUC-JP') + japanese, 'SJIS'), ['declared_otherwise shift_jis']],
    ['UTF-8', encode(declared('UTF-8') + japanese, 'EUCJP'), ['declared_otherwise euc-jp']],
    ['ISO-8859-1', encode(declared('ISO-8859-1') + japanese, 'SJIS'), ['declared_otherwise shift_jis']],
    ['Shift_JIS', new TextEncoder().encode(declared('Shift_JIS') + japanese), ['declared_otherwise utf-8']],
    ['nonsense', new TextEncoder().encode(declared('nonsense') + japanese), ['declared_otherwise utf-8']],
  ])('%s is believed where the bytes agree', async (name, bytes, warnings) => {
    expect(await textOf(bytes)).toEqual({ text: declared(name) + japanese, warnings })
  })

  it('believes windows-1251 where it is named', async () => {
    const bytes = Uint8Array.from([...declared('windows-1251')].map((char) => char.charCodeAt(0)))
    const { text, warnings } = await textOf(
      bytes,
      'PLAIN ',
      Uint8Array.of(0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2),
    )
    expect(text).toContain('PLAIN Привет')
    expect(warnings).toEqual([])
  })
})

it('an encoding is told though the first 64 kB are ASCII', async () => {
  const before = `PLAIN ${'a line of the template\n'.repeat(4000)}`
  const { text } = await textOf(before, encode(japanese, 'EUCJP'))
  expect(text).toBe(before + japanese)
})

it('a few broken characters make no other encoding of a text', async () => {
  const utf8 = await textOf(japanese.repeat(5), Uint8Array.of(0xe3, 0x81, 0x0a))
  expect(utf8).toEqual({ text: `${japanese.repeat(5)}\ufffd\n`, warnings: ['bad_characters utf-8'] })
  const shiftJis = await textOf(encode(japanese.repeat(5), 'SJIS'), Uint8Array.of(0xfd, 0x0a))
  expect(shiftJis.text).toBe(`${japanese.repeat(5)}\ufffd\n`)
})

it('a character is whole that lies across two pieces, and NUL and a lone CR are kept', async () => {
  const text = `PLAIN\0\r${'反響🎌'.repeat(50_000)}`
  expect((await textOf(text)).text).toBe(text)
})
