import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../../worker/moderation/facts.ts'
import { verdictOf } from '../../../../worker/moderation/verdict.ts'
import { codes, found, harmless } from './facts.ts'

describe('A host that only spam linked to', () => {
  const newcomer = { history: { approved: 0, rejected: 0, spam: 0, firstApprovedAt: null } }
  const spamHosts = ['pills.example']

  it('is told of a newcomer’s comment, which waits, and weighs nothing', () => {
    expect(found({ ...newcomer, spamHosts })).toEqual([
      { code: 'spam_host', weight: 0, params: { host: 'pills.example' } },
    ])
    expect(verdictOf(found({ ...newcomer, spamHosts }), 'postmoderate')).toBe('hold')
  })

  it.each<[string, Partial<Facts>]>([
    ['of who has an approved comment', { spamHosts }],
    ['of whom staff trusts', { ...newcomer, pinned: 'trusted', spamHosts }],
    ['where very many have pages', { ...newcomer, spamHosts: ['medium.com', 'github.io'] }],
    ['by facts that an earlier release kept', { ...newcomer }],
  ])('is not told %s', (_, facts) => {
    expect(codes(facts)).toEqual([])
  })
})

describe('The title said back for a new website', () => {
  const said: Partial<Facts> = {
    history: { approved: 0, rejected: 0, spam: 0, firstApprovedAt: null },
    title: 'How to bake rye bread at home',
    body: 'Great tips! I always wanted to bake my own rye bread.',
    website: 'https://ovens.example/',
    links: ['https://ovens.example/'],
    newHosts: ['ovens.example'],
  }

  it('is told of a newcomer’s comment, which waits, and weighs nothing', () => {
    expect(found(said)).toEqual([
      { code: 'page_words', weight: 0, params: { words: ['bake', 'rye', 'bread'], host: 'ovens.example' } },
    ])
    expect(verdictOf(found(said), 'postmoderate')).toBe('hold')
  })

  it.each<[string, Partial<Facts>]>([
    ['says other things', { body: 'My grandmother used a stone.' }],
    ['says one word of it', { body: 'Mine was all bread crumbs.' }],
    ['has no website', { website: null, links: [], newHosts: [] }],
    ['has a website known here', { newHosts: [] }],
    ['links to something in its text', { links: ['https://a.example/', 'https://ovens.example/'] }],
    ['is by who has an approved comment', { history: harmless.history }],
    ['is by whom staff trusts', { pinned: 'trusted' }],
    ['is on a page without a title', { title: '' }],
  ])('is not told of a comment that %s', (_, facts) => {
    expect(codes({ ...said, ...facts })).toEqual([])
  })

  it('is found in 24 of 29 comments written as a model writes them, and in 6 of 35 by people', () => {
    const rows: Record<string, string>[] = parse(readFileSync('test/fixtures/onTopic.csv'), { columns: true })
    const marked = (label: string) =>
      rows
        .filter((row) => row.label === label)
        .map(({ title = '', body = '', url = '' }) => {
          const newHosts = [new URL(url).hostname]
          return codes({ ...said, title, body, website: url, links: [url], newHosts }).length
        })
    expect([marked('spam'), marked('ham')].map((all) => [all.filter(Boolean).length, all.length])).toEqual([
      [24, 29],
      [6, 35],
    ])
  })
})
