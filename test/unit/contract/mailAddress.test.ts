import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { mailAddress, maskedAddress } from '../../../worker/contract/mailAddress.ts'

const taken = (text: string) => {
  const { success, output } = v.safeParse(mailAddress, text)
  return success ? output : null
}

/** Long enough that what is not linear would not end. */
const many = 200_000

describe('A mail address', () => {
  it.each([
    ['mika@mail.example', 'mika@mail.example'],
    [' mika@mail.example ', 'mika@mail.example'],
    ["miles.o'brien+blog@mail.example", "miles.o'brien+blog@mail.example"],
    ['taro..yamada.@docomo.example', 'taro..yamada.@docomo.example'],
    ['Mika@MAIL.Example', 'Mika@mail.example'],
    ['a+b@日本語.jp', 'a+b@xn--wgv71a119e.jp'],
    ['x@münchen.example', 'x@xn--mnchen-3ya.example'],
    ['x@пример.рф', 'x@xn--e1afmkfd.xn--p1ai'],
    ['x@ｍａｉｌ.example', 'x@mail.example'],
    [`${'x'.repeat(64)}@mail.example`, `${'x'.repeat(64)}@mail.example`],
  ])('is taken, its host as the network has it: %s', (text, address) => {
    expect(taken(text)).toBe(address)
  })

  it.each([
    '',
    'mika',
    '@mail.example',
    'mika@',
    'mika@localhost',
    'a@b@mail.example',
    'mika@mail.example\r\nBcc: victim@mail.example',
    'mika@mail.example\nvictim@mail.example',
    'mika\r\n@mail.example',
    'mika@mail.example\u0000',
    'mika@mail.example\u2028x',
    'a@mail.example,b@mail.example',
    'a@mail.example;b@mail.example',
    'a@mail.example b@mail.example',
    'Mika <mika@mail.example>',
    '<mika@mail.example>',
    'mika@mail.example>',
    '"mika"@mail.example',
    '"a@evil.example b"@mail.example',
    '"evil@evil.example"@mail.example',
    'mika(comment)@mail.example',
    'mika@(comment)mail.example',
    'mika@mail.example(comment)',
    'friends:mika@mail.example;',
    '@relay.example:mika@mail.example',
    'mika%mail.example@relay.example',
    'mika\\@evil.example@mail.example',
    '=?utf-8?q?mika=40evil.example?=@mail.example)',
    'mika@[127.0.0.1]',
    'mika@[IPv6:::1]',
    'mika@127.0.0.1',
    'mika@1.2.3',
    'mika@0x7f.1',
    'mika@mail..example',
    'mika@.mail.example',
    'mika@mail.example.',
    'mika@-mail.example',
    'mika@mail-.example',
    'mika@mail_box.example',
    'mika@mail.example/path',
    'mika@mail.example?query',
    'mika@mail.example#hash',
    'mika@mail.ex*mple',
    'почта@mail.example',
    '三佳@mail.example',
    'mi\u200bka@mail.example',
    'mi\u202eka@mail.example',
    'mika@xn--.example',
    `${'x'.repeat(65)}@mail.example`,
    `mika@${'x'.repeat(64)}.example`,
    `mika@${'x.'.repeat(130)}example`,
    `mika@${'日本語.'.repeat(20)}jp`,
  ])('is refused: %j', (text) => {
    expect(taken(text)).toBeNull()
  })

  it.each([
    ['one that never ends', 'x'.repeat(many)],
    ['many signs', '@'.repeat(many)],
    ['many dots', `x@${'.'.repeat(many)}`],
    ['many labels', `x@${'x.'.repeat(many)}`],
    ['many hyphens', `x@${'-'.repeat(many)}.example`],
    ['comments in comments', `${'('.repeat(many)}x@mail.example`],
    ['groups in groups', `${'a:'.repeat(many)}x@mail.example${';'.repeat(many)}`],
    ['names in names', `${'a <'.repeat(many)}x@mail.example`],
    ['many quotes', `${'"'.repeat(many)}x@mail.example`],
    ['many spaces', `x${' '.repeat(many)}@mail.example`],
  ])('is refused at once where it is %s', (_, text) => {
    expect(taken(text)).toBeNull()
  })

  it.each([
    ['mika@mail.example', 'm…@mail.example'],
    ['x@xn--wgv71a119e.jp', 'x…@xn--wgv71a119e.jp'],
  ])('is shown to others without what tells whose it is: %s', (address, masked) => {
    expect(maskedAddress(address)).toBe(masked)
  })
})
