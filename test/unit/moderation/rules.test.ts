import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../worker/moderation/facts.ts'
import { hostsOf } from '../../../worker/moderation/rules/links.ts'
import { trustOf } from '../../../worker/moderation/trust.ts'
import { codes, harmless } from './rules/facts.ts'

const site = (count: number) => Array.from({ length: count }, (_, index) => `https://s${index}.example/`)

describe('Each rule', () => {
  it.each<[string, Partial<Facts>, Partial<Facts>]>([
    ['honeypot', { trapped: true }, { trapped: false }],
    ['too_fast', { elapsedMs: 300 }, { elapsedMs: 1500 }],
    ['links', { links: site(3) }, { links: site(2) }],
    ['links', { links: site(1), settings: { ...harmless.settings, maxLinks: 0 } }, { links: [] }],
    ['links', { links: [...site(2), 'mailto:a@b.example'] }, { links: ['mailto:a@b.example'] }],
    ['repeat', { repeats: { total: 1, refused: 0 } }, { repeats: { total: 0, refused: 0 } }],
    [
      'repeat',
      { body: 'Спасибо!', repeats: { total: 2, refused: 1 } },
      { body: 'Спасибо!', repeats: { total: 9, refused: 0 } },
    ],
    [
      'repeat',
      { body: '副業で月三十万円、詳しくは固定の投稿を見てください', repeats: { total: 1, refused: 0 } },
      { body: 'ありがとうございます', repeats: { total: 3, refused: 0 } },
    ],
    ['impersonation', { worn: { name: 'Author', author: 'a1' } }, { worn: null }],
    ['impersonation', { worn: { name: 'Mika' } }, {}],
    ['masked_link', { mask: { shown: 'bank.example', host: 'evil.example' } }, { mask: null }],
    ['banned', { bans: [{ kind: 'domain', value: 'casino.example' }] }, { bans: [] }],
    ['new_author', { trust: 'newcomer' }, { trust: 'trusted' }],
    ['policy', { policy: 'premoderate' }, { policy: 'trusted' }],
  ])('%s finds what it is for and nothing else: case %#', (code, found, harmlessTwin) => {
    expect(codes(found)).toEqual([code])
    expect(codes(harmlessTwin)).toEqual([])
  })

  it('finds nothing in what people ordinarily write, in any script', () => {
    for (const body of [
      'はい',
      'なるほど、勉強になりました。',
      'شكرا جزيلا',
      'спасибо',
      '감사합니다',
      '👍👍',
      'תודה',
      'धन्यवाद',
    ])
      expect(codes({ body })).toEqual([])
  })
})

describe('Trust', () => {
  it.each([
    [{ approved: 0, rejected: 0, spam: 0 }, 'newcomer'],
    [{ approved: 1, rejected: 0, spam: 0 }, 'known'],
    [{ approved: 3, rejected: 0, spam: 0 }, 'trusted'],
    [{ approved: 3, rejected: 1, spam: 0 }, 'known'],
    [{ approved: 10, rejected: 1, spam: 1 }, 'trusted'],
    [{ approved: 0, rejected: 0, spam: 9 }, 'newcomer'],
  ] as const)('of %o is %s', (history, trust) => {
    expect(trustOf(history, { trustedAfter: 3 })).toBe(trust)
  })
})

describe('The hosts a link leads to', () => {
  it.each([
    ['https://www.Spam.example/a', ['spam.example']],
    ['http://spam.example./', ['spam.example']],
    ['mailto:a@spam.example', ['spam.example']],
    ['mailto:a%40spam.example', ['spam.example']],
    ['mailto:a@spam.example,b@ok.example', ['spam.example', 'ok.example']],
    ['mailto:a@ok.example?cc=b@spam.example', ['ok.example', 'spam.example']],
    ['mailto:%ff', []],
  ])('%s: %j', (href, hosts) => {
    expect(hostsOf(href)).toEqual(hosts)
  })
})
