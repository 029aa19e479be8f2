import { describe, expect, it } from 'vitest'
import { contentOf, labelledLinksOf } from '../../../../widget/common/markdown.ts'
import { hostsOf } from '../../../../worker/moderation/rules/links.ts'
import { maskOf } from '../../../../worker/moderation/text/maskedLink.ts'

const masksIn = (markdown: string) =>
  labelledLinksOf(contentOf(markdown)).map(({ href, text }) => maskOf(text, hostsOf(href)))

describe('A link whose words name another host', () => {
  it.each([
    ['[https://bank.example](https://evil.example)', 'bank.example'],
    ['[HTTPS://Bank.Example/login?a](https://evil.example)', 'bank.example'],
    ['[bank.example](https://evil.example)', 'bank.example'],
    ['[bank.example/login](https://evil.example/login)', 'bank.example'],
    ['[www.bank](https://evil.example)', 'bank'],
    ['[bank.com](https://bank.com.evil.example)', 'bank.com'],
    ['[Log in at **bank.com** now](https://evil.example)', 'bank.com'],
    ['[`bank.com`](https://evil.example)', 'bank.com'],
    ['[bank.co.uk](https://evil.co.uk)', 'bank.co.uk'],
    ['[bank.github.io](https://evil.github.io)', 'bank.github.io'],
    ['[//bank.example](https://evil.example)', 'bank.example'],
    ['[https:/bank.example](https://evil.example)', 'bank.example'],
    ['[https://bank.com@evil.example/](https://evil.example)', 'bank.com'],
    ['[https://bank.com:443/](https://evil.example)', 'bank.com'],
    ['[bank．com](https://evil.example)', 'bank.com'],
    ['[bank。com](https://evil.example)', 'bank.com'],
    ['[bank.example∕login](https://evil.example)', 'bank.example'],
    ['[ba\u200bnk.c\u00adom](https://evil.example)', 'bank.com'],
    ['[ｂａｎｋ.com](https://evil.example)', 'bank.com'],
    ['[bаnk.com](https://evil.example)', 'xn--bnk-6cd.com'],
    ['[bank.com](https://bаnk.com)', 'bank.com'],
    ['[пример.рф](https://evil.example)', 'xn--e1afmkfd.xn--p1ai'],
    ['[銀行.jp](https://evil.example)', 'xn--jn2ax2s.jp'],
    ['[bank.comへログイン](https://evil.example)', 'bank.com'],
    ['[help@bank.com](mailto:help@evil.example)', 'bank.com'],
    ['[https://192.0.2.1](https://192.0.2.2)', '192.0.2.1'],
    ['[https://[::1]/](https://evil.example)', '[::1]'],
    ['[bank.com](https://evil.example "evil.example")', 'bank.com'],
  ])('%s', (markdown, shown) => {
    expect(masksIn(markdown)).toEqual([
      { shown, host: expect.stringMatching(/evil|xn--bnk-6cd.com|192.0.2.2/) },
    ])
  })
})

describe('A link that says where it leads, or nothing of it', () => {
  it.each([
    'https://bank.example/a',
    'www.bank.example',
    '<https://bank.example>',
    'https://пример.рф/путь',
    'https://例え.テスト/頁',
    'https://web.archive.org/web/2020/https://bank.example/login',
    'https://translate.example/?u=https://bank.example',
    '[https://www.bank.example](https://bank.example/)',
    '[bank.example](https://www.bank.example/)',
    '[docs.bank.com](https://bank.com/docs)',
    '[bank.com](https://login.bank.com)',
    '[BANK.COM](https://bank.com)',
    '[пример.рф](https://xn--e1afmkfd.xn--p1ai)',
    '[bank.comを見る](https://bank.com)',
    '[銀行bank.com](https://bank.com)',
    '[詳細はhttps://bank.comを参照](https://bank.com/)',
    '[me@bank.com](mailto:me@bank.com)',
    '[the docs](https://evil.example)',
    '[Node.js](https://nodejs.example)',
    '[Node.js/Express](https://nodejs.example)',
    '[ASP.NET Core](https://learn.example)',
    '[README.md](https://code.example/a)',
    '[src/main.rs/x](https://code.example/a)',
    '[Array.prototype.map](https://js.example/a)',
    '[v2.0/notes](https://code.example)',
    '[e.g. this](https://a.example)',
    '[それは。ここ/そこ](https://a.example)',
    '[and/or](https://a.example)',
    '[Dr. No](https://a.example)',
    '[10.5](https://a.example)',
    '[// comment](https://a.example)',
    '[公式サイト](https://a.example)',
  ])('%s', (markdown) => {
    expect(masksIn(markdown)).toEqual([null])
  })

  it('is read in no time, however long', () => {
    expect(maskOf('a-'.repeat(200_000), ['a.example'])).toBeNull()
    expect(maskOf('a.'.repeat(200_000), ['a.example'])).toBeNull()
  })
})
