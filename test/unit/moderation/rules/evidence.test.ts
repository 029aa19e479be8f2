import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { finding, findingCodes } from '../../../../worker/contract/findings.ts'
import type { SiteSettings } from '../../../../worker/contract/siteSettings.ts'
import type { ExternalAnswer, Facts, Judgement } from '../../../../worker/moderation/facts.ts'
import { fold } from '../../../../worker/moderation/text/normalize.ts'
import { foundIn } from '../../../findings.ts'
import { codes, found, harmless } from './facts.ts'

const set = (settings: Partial<SiteSettings>): Partial<Facts> => ({
  settings: { ...harmless.settings, ...settings },
})
const list = (name: 'hold' | 'spam' | 'domains', ...entries: string[]): Partial<Facts> => ({
  lists: { ...harmless.lists, [name]: entries },
})

describe('The site’s word lists', () => {
  it('weigh by the list, and name the first word and how many there are', () => {
    const lists = { hold: ['recipe'], spam: ['casino', 'bonus*'], domains: [] }
    expect(found({ body: 'C4SINO bonuses, and a recipe for casino food', lists })).toEqual([
      { code: 'wordlist', weight: 10, params: { list: 'spam', word: 'casino', count: 2 } },
      { code: 'wordlist', weight: 3, params: { list: 'hold', word: 'recipe', count: 1 } },
    ])
  })

  it('are looked for in the name too, but not across name and text', () => {
    expect(codes({ name: 'Casino King', ...list('spam', 'casino') })).toEqual(['wordlist'])
    expect(codes({ name: 'Casino', body: 'king of them', ...list('spam', 'casino king') })).toEqual([])
  })

  it('are looked for in all of a long text', () => {
    const body = `${'good words '.repeat(2000)}casino`
    expect(codes({ body, folded: fold(body), ...list('spam', 'casino') })).toEqual(['wordlist'])
    expect(codes({ body: 'WordPress '.repeat(1000), ...list('spam', 'press', 'word', 'wordp') })).toEqual([])
  })
})

describe('Where links lead', () => {
  it.each<[string, string[], string | null]>([
    ['https://casino.example/win', ['casino.example'], 'casino.example'],
    ['https://www.play.casino.example/', ['casino.example'], 'play.casino.example'],
    ['mailto:me@casino.example', ['*.casino.example'], 'casino.example'],
    ['https://xn--80aswg.xn--p1ai/', ['сайт.рф'], 'xn--80aswg.xn--p1ai'],
    ['https://a.tk/', ['.tk'], 'a.tk'],
    ['https://mycasino.example/', ['casino.example'], null],
    ['https://casino.example.org/', ['casino.example'], null],
    ['https://tk.example/', ['.tk'], null],
  ])('%s under the denied %j: %s', (link, domains, host) => {
    const denied = found({ links: [link], ...list('domains', ...domains) })
    expect(denied).toEqual(host === null ? [] : [{ code: 'denied_domain', weight: 10, params: { host } }])
  })

  it('hidden by a shortener is found, openly it is not', () => {
    expect(found({ links: ['https://bit.ly/x', 'https://www.tinyurl.com/y'] })).toEqual([
      { code: 'shortener', weight: 2, params: { hosts: ['bit.ly', 'tinyurl.com'] } },
    ])
    expect(codes({ links: ['https://habit.ly/x', 'https://youtu.be/x'] })).toEqual([])
  })
})

describe('A link in the name', () => {
  it.each([
    'https://casino.example',
    'Casino http://x',
    'www.casino',
    'best-casino.com',
    'Best Casino.COM',
    'casino[.]com',
    'cheap (dot) shop',
    'ｃａｓｉｎｏ．ｃｏｍ',
    'casino.co.uk',
    'казино.рф',
    'カジノ.コム',
    'cas\u200bino.com',
    't.me/casino',
    'tele.me/casino',
    'mail@casino.ru',
  ])('is found in %j', (name) => {
    expect(codes({ name })).toContain('link_in_name')
  })

  it.each([
    'J. R. R. Tolkien',
    'J.R.R. Tolkien',
    'St.John',
    'Dr.No',
    'Mika T.',
    'mika.tanaka',
    'wei.li',
    'minh.le',
    'will.i.am',
    'ASP.NET fan',
    'node.js',
    'O.K.',
    'A.K.A./Bob',
    'モーニング娘。',
    '田中・M',
    'Анна К.',
    'Comrade',
    'com',
    'Inc. and Co.',
    'v2.0',
    '1.5',
    'محمد',
    'Mr. In Between',
    '👍',
  ])('is not seen in %j', (name) => {
    expect(codes({ name })).toEqual([])
  })
})

describe('The author’s history', () => {
  it.each([
    [100, 0, 0, null],
    [99, 1, 0, 2],
    [3, 0, 1, 3],
    [1, 1, 0, 4],
    [0, 1, 2, 6],
  ])('of %i approved, %i rejected, %i spam weighs %s', (approved, rejected, spam, weight) => {
    const [finding] = found({ history: { approved, rejected, spam, firstApprovedAt: 0 } })
    if (weight === null) return expect(finding).toBeUndefined()
    const refused = rejected + spam
    const params = { refused, decided: approved + refused }
    expect(finding).toEqual({ code: 'author_rejected', weight, params })
  })
})

describe('A near duplicate', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g']

  it('names the comments it resembles, and weighs more when some were refused', () => {
    expect(found({ similar: { ids: ['a', 'b'], total: 2, refused: 0 } })).toEqual([
      { code: 'near_duplicate', weight: 2, params: { count: 2, refused: 0, ids: ['a', 'b'] } },
    ])
    expect(found({ similar: { ids, total: 9, refused: 1 } })).toEqual([
      { code: 'near_duplicate', weight: 4, params: { count: 9, refused: 1, ids: ['a', 'b', 'c', 'd', 'e'] } },
    ])
  })

  it('adds nothing to the weight of an exact repeat', () => {
    const repeats = { total: 2, refused: 2 }
    const weights = found({ repeats, similar: { ids: ['a', 'b'], total: 2, refused: 2 } })
    expect(weights.map(({ code, weight }) => [code, weight])).toEqual([
      ['repeat', 6],
      ['near_duplicate', 0],
    ])
  })
})

it.each([
  [0, null],
  [1, 2],
  [2, 4],
  [50, 6],
])('Complaints of %i readers weigh %s', (flags, weight) => {
  const expected = weight === null ? [] : [{ code: 'flagged', weight, params: { count: flags } }]
  expect(found({ flags })).toEqual(expected)
})

describe('The site’s conditions', () => {
  const vouched = {
    learnt: { band: 'fine' as const, score: -3, approves: true, condemns: true, terms: [] },
    history: { approved: 0, rejected: 0, spam: 0, firstApprovedAt: null },
  }
  const known = harmless.history
  const night = { from: 22, to: 6, timeZone: 'Asia/Tokyo' }
  const at = (iso: string) => ({ postedAt: Date.parse(iso) })
  const since = (iso: string) => ({ history: { ...harmless.history, firstApprovedAt: Date.parse(iso) } })

  it.each<[string, Partial<Facts>, boolean]>([
    ['holdFirst', set({ holdFirst: 6 }), true],
    ['holdFirst', set({ holdFirst: 5 }), false],
    ['holdFirst', { history: { approved: 0, rejected: 0, spam: 0, firstApprovedAt: null } }, false],
    [
      'holdDays',
      { ...set({ holdDays: 7 }), ...at('2026-07-07T23:00Z'), ...since('2026-07-01T00:00Z') },
      true,
    ],
    [
      'holdDays',
      { ...set({ holdDays: 7 }), ...at('2026-07-08T00:00Z'), ...since('2026-07-01T00:00Z') },
      false,
    ],
    ['holdDays', { ...set({ holdDays: 1 }), history: { ...harmless.history, firstApprovedAt: null } }, true],
    ['holdLinks', { ...set({ holdLinks: true }), links: ['https://a.example/'] }, true],
    ['holdLinks', { ...set({ holdLinks: true }), links: [] }, false],
    ['holdLinks', { links: ['https://a.example/'] }, false],
    ['holdNewDomains', { ...set({ holdNewDomains: true }), newHosts: ['a.example'] }, true],
    ['holdNewDomains', { ...set({ holdNewDomains: true }), links: ['https://a.example/'] }, false],
    ['holdNewDomains', { newHosts: ['a.example'] }, false],
    ['newcomerLink', { ...vouched, newHosts: ['a.example'] }, true],
    ['newcomerLink', vouched, false],
    ['newcomerLink', { newHosts: ['a.example'] }, false],
    ['newcomerLink', { ...vouched, newHosts: ['a.example'], history: known }, false],
    ['holdNight', { ...set({ holdNight: night }), ...at('2026-07-01T13:00Z') }, true],
    ['holdNight', { ...set({ holdNight: night }), ...at('2026-06-30T20:59Z') }, true],
    ['holdNight', { ...set({ holdNight: night }), ...at('2026-06-30T21:00Z') }, false],
    ['holdNight', { ...set({ holdNight: night }), ...at('2026-07-01T12:59Z') }, false],
    ['holdNight', { ...set({ holdNight: { ...night, from: 0 } }), ...at('2026-06-30T15:00Z') }, true],
    ['holdNight', { ...set({ holdNight: { ...night, from: 0 } }), ...at('2026-07-01T13:00Z') }, false],
    [
      'holdNight',
      { ...set({ holdNight: { from: 2, to: 4, timeZone: 'Europe/Berlin' } }), ...at('2026-07-01T00:30Z') },
      true,
    ],
    [
      'holdNight',
      { ...set({ holdNight: { from: 2, to: 4, timeZone: 'Europe/Berlin' } }), ...at('2026-01-01T00:30Z') },
      false,
    ],
    ['thread', { threadChecked: true }, true],
    ['heldAuthor', { pinned: 'held' }, true],
    ['heldAuthor', { pinned: 'trusted' }, false],
    ['holdFirst', { ...set({ holdFirst: 6 }), pinned: 'trusted' }, false],
    ['holdDays', { ...set({ holdDays: 1 }), history: vouched.history, pinned: 'trusted' }, false],
    ['newcomerLink', { ...vouched, newHosts: ['a.example'], pinned: 'trusted' }, false],
    ['thread', { threadChecked: true, pinned: 'trusted' }, true],
  ])('%s: case %#', (key, facts, holds) => {
    const conditions = found(facts).filter(({ code }) => code === 'condition')
    expect(conditions).toEqual(holds ? [{ code: 'condition', weight: 0, params: { conditions: [key] } }] : [])
  })

  it('that hold together are told together', () => {
    const [finding] = found({
      ...set({ holdFirst: 9, holdDays: 365 }),
      threadChecked: true,
      ...at('2025-02-01'),
    })
    expect(finding?.params).toEqual({ conditions: ['holdFirst', 'holdDays', 'thread'] })
  })
})

describe('Services outside', () => {
  const answer = (outcome: ExternalAnswer['outcome'], screener: ExternalAnswer['screener']) => ({
    screener,
    outcome,
    reason: 'r',
  })

  it('each say what they found; one that did not answer holds', () => {
    const external = [
      answer('spam', 'akismet'),
      answer('fine', 'openai'),
      answer('doubtful', 'webhook'),
      answer('unavailable', 'workers_ai'),
    ]
    expect(found({ external })).toEqual([
      { code: 'external', weight: 6, params: { screener: 'akismet', outcome: 'spam', reason: 'r' } },
      { code: 'external', weight: 3, params: { screener: 'webhook', outcome: 'doubtful', reason: 'r' } },
      { code: 'screening_unavailable', weight: 0, params: { screener: 'workers_ai' } },
    ])
  })
})

describe('The learner', () => {
  const learnt = (more: Partial<Judgement>): Judgement => ({
    band: 'unsure',
    score: 0.126,
    approves: false,
    condemns: false,
    terms: ['casino', 'bonus'],
    ...more,
  })

  it.each<[Partial<Judgement>, Facts['trust'], number]>([
    [{ band: 'spam', condemns: true }, 'newcomer', 10],
    [{ band: 'spam', condemns: true }, 'known', 10],
    [{ band: 'spam', condemns: true }, 'trusted', 5],
    [{ band: 'spam', condemns: false }, 'newcomer', 0],
    [{ band: 'fine', approves: true }, 'newcomer', -1],
    [{ band: 'fine', approves: false }, 'newcomer', 0],
    [{ band: 'unsure', approves: true, condemns: true }, 'newcomer', 0],
    [{ band: 'unlearnt', approves: true, condemns: true }, 'newcomer', 0],
  ])('saying %o of a %s weighs %i', (more, trust, weight) => {
    const judgement = learnt(more)
    const [finding] = found({ learnt: judgement, trust })
    expect(finding).toEqual({
      code: 'learner',
      weight,
      params: {
        band: judgement.band,
        score: 0.13,
        approves: judgement.approves,
        condemns: judgement.condemns,
        terms: ['casino', 'bonus'],
      },
    })
  })

  it('rounds next to nothing to nothing', () => {
    expect(foundIn(found({ learnt: learnt({ score: -0.001 }) }), 'learner')?.params.score).toBe(0)
  })
})

it('Findings come in the order of their codes, each with what its code tells', () => {
  const all = found({
    policy: 'premoderate',
    bans: [{ kind: 'domain', value: 'casino.example' }],
    trapped: true,
    elapsedMs: 1,
    repeats: { total: 1, refused: 1 },
    similar: { ids: ['a'], total: 1, refused: 1 },
    name: 'casino.com',
    mask: { shown: 'bank.example', host: 'evil.example' },
    worn: { name: 'Author', author: 'a1' },
    body: 'саsino ca\u200dsino 𝓬𝓪𝓼𝓲𝓷𝓸 and a casino',
    lists: { spam: ['casino'], hold: [], domains: ['bit.ly'] },
    links: ['https://bit.ly/1', 'https://bit.ly/2', 'https://bit.ly/3'],
    spamHosts: ['bit.ly'],
    history: { approved: 0, rejected: 1, spam: 0, firstApprovedAt: null },
    flags: 1,
    learnt: { band: 'unsure', score: 0, approves: false, condemns: false, terms: [] },
    external: [
      { screener: 'akismet', outcome: 'unavailable', reason: '' },
      { screener: 'webhook', outcome: 'spam', reason: '' },
    ],
    threadChecked: true,
    trust: 'newcomer',
  })
  // What is looked at blindly is chosen apart, what waited elsewhere is noted by an import, the title is said back
  // where nothing else is linked, and what resembles refused comments is looked at where all else is fine.
  const noRule = new Set(['audit', 'imported', 'page_words', 'resembles_refused'])
  expect(all.map(({ code }) => code)).toEqual(findingCodes.filter((code) => !noRule.has(code)))
  expect(v.parse(v.array(finding), all)).toEqual(all)
})
