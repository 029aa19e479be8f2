import { describe, expect, it } from 'vitest'
import { type Finding, findingCodes, policies, verdicts } from '../../worker/contract.ts'
import type { Facts } from '../../worker/moderation/facts.ts'
import { hostsOf } from '../../worker/moderation/links.ts'
import { findingsOf } from '../../worker/moderation/rules.ts'
import { trustOf } from '../../worker/moderation/trust.ts'
import { verdictOf } from '../../worker/moderation/verdict.ts'

const harmless: Facts = {
  policy: 'postmoderate',
  settings: { bodyLimit: 10_000, editMinutes: 15, trustedAfter: 3, maxLinks: 2 },
  body: 'I agree with the second point.',
  links: [],
  elapsedMs: 30_000,
  trapped: false,
  trust: 'trusted',
  repeats: { total: 0, refused: 0 },
  bans: [],
}
const codes = (facts: Partial<Facts>) => findingsOf({ ...harmless, ...facts }).map(({ code }) => code)
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

describe('The verdict', () => {
  const finding = (code: Finding['code'], weight: number): Finding => ({ code, weight, params: {} })
  const strictness = (findings: Finding[], policy: (typeof policies)[number]) =>
    verdicts.indexOf(verdictOf(findings, policy))

  it.each([
    [[], 'postmoderate', 'approve'],
    [[], 'trusted', 'approve'],
    [[], 'premoderate', 'hold'],
    [[finding('new_author', 0)], 'trusted', 'hold'],
    [[finding('new_author', 0)], 'postmoderate', 'approve'],
    [[finding('links', 3)], 'postmoderate', 'hold'],
    [[finding('links', 8), finding('repeat', 6)], 'postmoderate', 'spam'],
    [[finding('banned', 5)], 'postmoderate', 'reject'],
    [[finding('honeypot', 10)], 'premoderate', 'spam'],
    [[finding('screening_unavailable', 0)], 'postmoderate', 'hold'],
  ] as const)('of %j under %s is %s', (findings, policy, verdict) => {
    expect(verdictOf([...findings], policy)).toBe(verdict)
  })

  it('never gets laxer by more evidence', () => {
    let seed = 7
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed / 2_147_483_648
    }
    for (let round = 0; round < 2000; round++) {
      const findings: Finding[] = []
      const policy = policies[Math.floor(random() * 3)] ?? 'trusted'
      let before = strictness(findings, policy)
      for (let step = 0; step < 6; step++) {
        findings.push(
          finding(findingCodes[Math.floor(random() * findingCodes.length)] ?? 'links', random() * 8 - 1),
        )
        const after = strictness(findings, policy)
        expect(after).toBeGreaterThanOrEqual(before)
        before = after
      }
    }
  })

  it('never publishes on a site where a person looks at everything', () => {
    for (const code of findingCodes)
      expect(verdictOf([finding(code, -99)], 'premoderate')).not.toBe('approve')
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
