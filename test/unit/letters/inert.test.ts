import MarkdownIt from 'markdown-it'
import { describe, expect, it } from 'vitest'
import { hrefOf, inert, oneLine } from '../../../worker/letters/inert.ts'
import { quoteOf } from '../../../worker/letters/quote.ts'
import { columns, wrap } from '../../../worker/letters/wrap.ts'

/** One that makes links of more than mail clients do. */
const linker = new MarkdownIt({ linkify: true }).linkify
linker.set({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: true }).tlds('onion', true)

/** What Gmail, Outlook and Apple Mail are known to make links of, more widely than they do. */
const bait = [
  /[a-z][a-z\d+.-]*:\/\/\S/i,
  /\b(mailto|tel|sms|javascript|data|vbscript|file|news|callto|skype):\S/i,
  /\bwww\.\S/i,
  /[\p{L}\p{N}]\.[\p{L}\p{N}]{2,}/u,
  /[^\s@\u2060]@[^\s@\u2060]/u,
  /\\\\\S/,
  /(?:\d[\s().-]{0,3}){6}\d/,
]

/** Texts that some mail client makes live, and that stay the same words. */
const live = [
  'https://evil.example/login?next=//a.example',
  'HTTPS://EVIL.EXAMPLE',
  'hxxp://evil.example and http:evil.example',
  'www.evil.example',
  'evil.com',
  'see evil.co.uk/path, or (evil.org).',
  'evil．com and evil｡com and evil。com',
  'пример.рф 例え.jp müller.de i❤.ws',
  '192.168.0.1 and http://[::1]:8080/',
  'localhost://x',
  'mail me: a.b+c@evil.example',
  'a＠evil.example',
  'mailto:a@evil.example?bcc=b@evil.example',
  'tel:+15551234567',
  '+1 (555) 123-4567',
  '03-1234-5678',
  '０３－１２３４－５６７８',
  '555.123.4567',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '\\\\server\\share\\file.exe',
  'file:///etc/passwd',
  '[click](https://evil.example)',
  '<a href="https://evil.example">click</a>',
  '//evil.example/x',
  'x.onion',
]

const quoted = (text: string) => {
  const block = quoteOf(text)
  return block.type === 'quote' ? block.theirs : ''
}

const shown = (text: string) => text.replace(/[\u2060\u200b]/g, '')

describe('Words of people in a letter', () => {
  it.each(live)('are no link, mail address or number to call: %s', (text) => {
    for (const made of [inert(text), oneLine(text, 200), quoted(text)]) {
      expect(linker.match(made) ?? []).toEqual([])
      for (const pattern of bait) expect(made).not.toMatch(pattern)
      expect(shown(made)).toBe(text)
    }
  })

  it.each([
    'It costs 3.50, or 1,200 in all. At 10:30? Yes…',
    'Wait... what?! e. g. this; and that/or this.',
    'ありがとうございます。とても良い記事でした。（また来ます）',
    'שלום עולם, مرحبا بالعالم, สวัสดีชาวโลก, नमस्ते',
    'cafe\u0301 ガ 👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️',
  ])('are shown as they were written: %s', (text) => {
    expect(shown(inert(text))).toBe(text)
  })

  it('hold nothing that is not seen or that turns the direction', () => {
    expect(inert('a\u202eb\u2066c\u2069\u200fd\u0000e\u0007f\u001b[31mg\ufeffh\u00adi')).toBe(
      'abcd e f [31mghi',
    )
    expect(inert('\ud800x')).toBe('\ufffdx')
    expect(inert('a\r\nb\rc\u2028d\u2029e\n\n\n\nf')).toBe('a\nb\nc\nd\ne\n\nf')
    expect(oneLine('Subject\r\nBcc: a@evil.example\u2028x', 200)).not.toMatch(/[\r\n\u2028]/)
    expect(inert(`z${'\u0300'.repeat(500)}`)).toBe(`z${'\u0300'.repeat(3)}`)
    expect(inert(`z${'\u0e48'.repeat(500)}`)).toBe(`z${'\u0e48'.repeat(6)}`)
  })

  it('are broken where they would be wider than a phone', () => {
    expect(
      inert('x'.repeat(300))
        .split('\u200b')
        .every((part) => part.length <= 30),
    ).toBe(true)
  })

  it('are cut by what they weigh, and say so', () => {
    expect(oneLine('y'.repeat(500), 40)).toMatch(/^(y|\u200b)+…$/)
    for (const text of [
      '<&">'.repeat(9000),
      'a.a'.repeat(9000),
      '\n'.repeat(5) + 'x\n'.repeat(9000),
      '漢'.repeat(9000),
      '😀'.repeat(9000),
    ]) {
      const cut = quoted(text)
      expect(cut.endsWith('…')).toBe(true)
      expect(cut.length).toBeLessThanOrEqual(2400)
      expect(cut.isWellFormed()).toBe(true)
    }
    expect(quoted('short')).toBe('short')
  })

  it.each(['1 ', '1.', 'a:', '@', '\\', '\u0301', '((((', '1- ', '。'])(
    'take no time that grows faster than they do: %j',
    (part) => {
      // In a time that grows with the square of the length, this would take hours.
      expect(inert(part.repeat(200_000)).length).toBeGreaterThan(0)
    },
  )
})

describe('A link of a letter', () => {
  it.each(['https://a.example/x?y=1#z', 'http://127.0.0.1:8787/s/1'])('can lead to %s', (url) => {
    expect(hrefOf(url)).toBe(url)
  })

  it.each([
    'javascript:alert(1)',
    'JaVaScript:alert(1)',
    ' data:text/html,x',
    'mailto:a@b.example',
    'https://user:pass@a.example/',
    '/relative',
    '',
    'https://',
    `https://a.example/${'x'.repeat(8000)}`,
  ])('cannot lead to %s', (url) => {
    expect(hrefOf(url)).toBe(null)
  })

  it('holds no line break or quotation mark', () => {
    expect(hrefOf('https://a.example/x\r\ny" onclick="z <b>')).not.toMatch(/[\s"<>]/)
  })
})

describe('Text in lines', () => {
  it('of at most so many columns, where East Asian signs take two', () => {
    for (const text of [
      'word '.repeat(90),
      'x'.repeat(400),
      '漢字'.repeat(90),
      'ab漢字 '.repeat(60),
      '👍🏽 '.repeat(60),
    ])
      for (const line of wrap(text, 74)) expect(columns(line)).toBeLessThanOrEqual(74)
    expect(columns('漢字 a👍e\u0301')).toBe(9)
    expect(wrap('漢'.repeat(40), 74)[0]).toHaveLength(37)
  })

  it('that break at spaces, and nothing is lost', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three'])
    expect(wrap('a\n\nb', 8)).toEqual(['a', '', 'b'])
    const text = `${'漢字かな交じり文、「引用」。'.repeat(20)} and words ${'y'.repeat(200)}`
    expect(wrap(text, 30).join('').replace(/ /g, '')).toBe(text.replace(/ /g, ''))
  })

  it('that begin with no closing sign and end with no opening one', () => {
    for (const line of wrap('漢字、かな。「引用」（注）'.repeat(30), 31))
      expect(line).toMatch(/^[^、。」）].*[^「（]$/u)
  })
})
