import { describe, expect, it } from 'vitest'
import { canonicalKey } from '../../../worker/contract/canonicalKey.ts'
import { isWithin } from '../../../worker/contract/ipAddress.ts'
import { isRegistered, registrable } from '../../../worker/contract/origin.ts'
import { addressOf, rangesAround, registrableRange } from '../../../worker/http/address.ts'

describe('The canonical key of a page', () => {
  it.each([
    ['/a', '/a'],
    ['/a/', '/a'],
    ['/', '/'],
    ['/index.html', '/'],
    ['/a/index.html?x=1', '/a?x=1'],
    ['/a/INDEX.htm', '/a'],
    ['/a?utm_source=b&c=d&fbclid=e#f', '/a?c=d'],
    ['/a?c=/', '/a?c=/'],
    ['/a/?', '/a'],
    ['https://x.example/a/', '/a'],
    ['//evil.example/a', '/evil.example/a'],
    ['/a//b///c', '/a/b/c'],
    ['/a//', '/a'],
    ['/./a/%2e%2e/b', '/b'],
    ['/a/../b', '/b'],
    ['/%e3%81%82', '/%E3%81%82'],
    ['/あ', '/%E3%81%82'],
    ['/%7Euser/%41', '/~user/A'],
    ['/a%2Fb', '/a%2Fb'],
    [' post-42 ', 'post-42'],
    ['Post-42/', 'Post-42/'],
    ['/A', '/A'],
    ['/a?b&a', '/a?b&a'],
    ['/caf%65%CC%81', '/caf%C3%A9'],
    ['/cafe\u0301', '/caf%C3%A9'],
    ['/か\u3099', '/%E3%81%8C'],
    ['/a?q=cafe%CC%81', '/a?q=caf%C3%A9'],
    ['/%ff%E3%81', '/%FF%E3%81'],
    ['/K%E2%84%AA', '/KK'],
    ['/%E1%BF%AF', '/%60'],
    ["/wiki/Hobson's_choice", "/wiki/Hobson's_choice"],
    ['/wiki/Hobson%27s_choice_%28poem%29', "/wiki/Hobson's_choice_(poem)"],
    ['/docs/#/guide/', '/docs#/guide'],
    ['/docs#!/guide?id=setup', '/docs#/guide'],
    ['/docs#/', '/docs'],
    ['/docs#/日本', '/docs#/%E6%97%A5%E6%9C%AC'],
    ['https://x.example/a#comment-1', '/a'],
  ])('%s is %s', (key, canonical) => {
    expect(canonicalKey(key)).toBe(canonical)
    expect(canonicalKey(canonical)).toBe(canonical)
  })
})

describe('The address a request counts under', () => {
  const of = (address: string) =>
    addressOf(
      new Request('https://x.example', {
        headers: { 'cf-connecting-ip': address, 'x-forwarded-for': '1.2.3.4' },
      }),
    )
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', 'unknown'],
    ['192.0.2.256', 'unknown'],
    ['1.2.3.4, 5.6.7.8', 'unknown'],
    ['2001:db8::1%eth0', 'unknown'],
    ['localhost', 'unknown'],
  ])('%s is %s', (address, counted) => {
    expect(of(address)).toBe(counted)
  })

  it.each([
    ['192.0.2.7', '192.0.2.0/24', true],
    ['192.0.3.7', '192.0.2.0/24', false],
    ['192.0.2.7', '192.0.2.7/32', true],
    ['192.0.2.7', '0.0.0.0/1', false],
    ['2001:db8:1:2::/64', '2001:db8:0:0:0:0:0:0/32', true],
    ['2001:db9:1:2::/64', '2001:db8:0:0:0:0:0:0/32', false],
    ['2001:db8:1:2::/64', '192.0.2.0/24', false],
    ['unknown', '192.0.2.0/24', false],
  ])('%s lies in %s: %s', (address, range, within) => {
    expect(isWithin(address, range)).toBe(within)
  })

  it.each([
    ['192.0.2.1', '192.0.2.1/32'],
    ['192.0.2.77/25', '192.0.2.0/25'],
    ['2001:db8:1:2:3::4', '2001:db8:1:2:0:0:0:0/64'],
    ['2001:db8::/32', '2001:db8:0:0:0:0:0:0/32'],
    ['192.0.2.0/33', null],
    ['192.0.2.0/24/1', null],
    ['192.0.2.0/', null],
    ['example.org', null],
  ])('a ban of %s is kept as %s', (range, kept) => {
    expect(registrableRange(range)).toBe(kept)
  })

  it.each(['192.0.2.201', '2001:db8:1234:ff02::/64', '::/64', 'unknown'])(
    'the ranges around %s are those that a ban may have it in',
    (address) => {
      const ranges = rangesAround(address)
      for (const range of ranges) {
        expect(registrableRange(range)).toBe(range)
        expect(isWithin(address, range)).toBe(true)
      }
      expect(ranges).toHaveLength(address === 'unknown' ? 0 : address.includes(':') ? 49 : 25)
    },
  )
})

describe('Origins', () => {
  it.each([
    ['https://blog.example', 'https://blog.example'],
    ['https://Blog.example:443/', 'https://blog.example'],
    ['http://localhost:*', 'http://localhost:*'],
    ['https://blog.example:*', null],
    ['https://blog.example/path', null],
    ['https://user@blog.example', null],
    ['ftp://blog.example', null],
    ['*', null],
    ['https://*.example', null],
    ['https://*', null],
    ['https://*.*', null],
    ['http://intranet', 'http://intranet'],
    ['null', null],
  ])('%s is registered as %s', (text, origin) => {
    expect(registrable(text)).toBe(origin)
  })

  it.each([
    ['http://localhost:5173', true],
    ['http://localhost', true],
    ['http://127.0.0.1:5173', false],
    ['http://localhost.evil.example:5173', false],
    ['http://localhost:5173/', false],
    ['null', false],
  ])('a loopback host of any port lets %s in: %s', (origin, allowed) => {
    expect(isRegistered(origin, ['http://localhost:*'])).toBe(allowed)
  })
})
