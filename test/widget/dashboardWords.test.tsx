import { describe, expect, it } from 'vitest'
import * as en from '../../widget/common/locales/en.json'
import * as ja from '../../widget/common/locales/ja.json'
import { sentence } from '../../widget/dashboard/AuditLog.tsx'
import { noteWords } from '../../widget/dashboard/lines.ts'
import { merge, putBack } from '../../widget/dashboard/merge.ts'
import { addressOf, whereaboutsOf } from '../../widget/dashboard/place.ts'
import { language } from '../../widget/dashboard/preferences.ts'
import { shortcutFor, shortcuts } from '../../widget/dashboard/shortcuts.ts'
import { errorStatus, findingCodes, rejectionReasons } from '../../worker/contract.ts'
import { comment } from './dashboardComment.ts'

describe.each([
  ['en', en],
  ['ja', ja],
] as const)('The words in %s', (name, { dashboard, findings }) => {
  it('name every error, finding, reason and shortcut', () => {
    for (const code of Object.keys(errorStatus)) expect(dashboard.errors).toHaveProperty([code])
    for (const code of findingCodes) expect(findings).toHaveProperty([code])
    for (const code of rejectionReasons) expect(dashboard.reasons).toHaveProperty([code])
    for (const { does } of shortcuts) expect(dashboard.shortcuts).toHaveProperty([does])
  })

  it('make a sentence of an audit entry, also of an act nobody knew', () => {
    language.value = name
    const entry = {
      id: 1,
      at: '',
      actor: { kind: 'moderator' as const, name: 'Mika' },
      siteId: null,
      commentId: null,
      details: { value: 'spam.example' },
    }
    expect(sentence({ ...entry, act: 'ban.add' })).toMatch(/Mika.*spam\.example/)
    expect(sentence({ ...entry, act: 'constructor' })).toBe('Mika: constructor')
  })

  it('have the same messages with the same values as the other language', () => {
    const shape = (value: unknown): unknown =>
      typeof value === 'string'
        ? [...new Set(value.match(/\{\w+\}/g))].sort()
        : 'other' in (value as object)
          ? shape((value as { other: string }).other)
          : Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, shape(inner)]))
    const { reject: _, ...rest } = dashboard
    const { reject: __, ...english } = en.dashboard
    expect(shape(rest)).toEqual(shape(english))
  })

  it('tell the loser of a race who was there first, also when the machine was', () => {
    language.value = name
    const decision = { id: 'd', action: 'spam', by: 'screening', byKind: 'screening', reason: null } as const
    const present = {
      status: 'spam',
      revision: 1,
      decision: { ...decision, at: new Date().toISOString() },
    } as const
    const note = noteWords({ kind: 'lost', present, action: 'approve', reason: undefined })
    expect(note).toContain(dashboard.screening)
    expect(note).not.toMatch(/\{|undefined/)
  })
})

describe('The shortcuts', () => {
  const on = { oneKey: true, before: '' }
  const key = (key: string, more: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key, ...more })

  it.each(shortcuts.filter(({ keys }) => keys.length === 1))('%s', ({ keys, does }) => {
    expect(shortcutFor(key(keys, { shiftKey: /[A-Z?]/.test(keys) }), on)).toBe(does)
    expect(shortcutFor(key(keys, { ctrlKey: true }), on)).toBeUndefined()
    expect(shortcutFor(key(keys, { metaKey: true }), on)).toBeUndefined()
    expect(shortcutFor(key(keys, { altKey: true }), on)).toBeUndefined()
    expect(shortcutFor(key(keys, { isComposing: true }), on)).toBeUndefined()
    expect(shortcutFor(key(keys), { ...on, oneKey: false })).toBeUndefined()
  })

  it('of two keys need both, in order', () => {
    expect(shortcutFor(key('g'), on)).toBe('half')
    expect(shortcutFor(key('s'), { ...on, before: 'g' })).toBe('spamTab')
    expect(shortcutFor(key('x'), { ...on, before: 'g' })).toBeUndefined()
  })

  it('rest in fields, work on check boxes, and don’t mind caps lock', () => {
    const target = (tag: string, type = '') => {
      const element = document.createElement(tag)
      if (type) element.setAttribute('type', type)
      let result: unknown
      element.addEventListener('keydown', (event) => {
        result = shortcutFor(event as KeyboardEvent, on)
      })
      element.dispatchEvent(key('a'))
      return result
    }
    expect(target('input', 'search')).toBeUndefined()
    expect(target('textarea')).toBeUndefined()
    expect(target('select')).toBeUndefined()
    expect(target('input', 'checkbox')).toBe('approve')
    expect(shortcutFor(key('A'), on)).toBe('approve')
  })
})

describe('An address', () => {
  it.each([
    '/dashboard',
    '/dashboard?tab=spam&site=blog',
    '/dashboard?q=%E5%BC%95%E7%94%A8&author=abc&thread=7',
    '/dashboard?page=audit-log',
  ])('%s leads to a place that has it', (address) => {
    expect(addressOf(whereaboutsOf(new URL(address, 'http://x').search))).toBe(address)
  })

  it('that makes no sense leads to what waits', () => {
    expect(addressOf(whereaboutsOf('?tab=__proto__&page=constructor'))).toBe('/dashboard')
  })
})

describe('Merging a page into the list', () => {
  const [a, b, c, d] = ['1', '2', '3', '4'].map((id) => comment(id)) as [
    ReturnType<typeof comment>,
    ReturnType<typeof comment>,
    ReturnType<typeof comment>,
    ReturnType<typeof comment>,
  ]
  const counts = { held: 0, flagged: 0, spam: 0, all: 0 }
  const ids = (items: { id: string }[]) => items.map(({ id }) => id)

  it('judges only what the page speaks for', () => {
    const merged = merge([a, b, c, d], { items: [a, c], next: 'more', counts }, 'later', true)
    expect(merged.gone).toEqual(['2'])
    expect(ids(merged.items)).toEqual(['1', '2', '3', '4'])
    expect(merged.next).toBe('later')
  })

  it('fills up from below when decisions have emptied the list', () => {
    const merged = merge([b], { items: [b, c, d], next: 'after d', counts }, 'after b', true)
    expect(ids(merged.items)).toEqual(['2', '3', '4'])
    expect(merged.next).toBe('after d')
  })

  it('takes a page of strangers for all gone where the oldest come first', () => {
    const merged = merge([a, b], { items: [c, d], next: 'x', counts }, null, true)
    expect(merged.gone).toEqual(['1', '2'])
    expect(ids(merged.items)).toEqual(['1', '2', '3', '4'])
  })

  it('takes a page of strangers for all new where the newest come first', () => {
    const merged = merge([b, a], { items: [d, c], next: 'x', counts }, 'y', false)
    expect(merged.gone).toEqual([])
    expect(ids(merged.fresh)).toEqual(['4', '3'])
    expect(merged.next).toBe('y')
  })

  it.each([
    { items: ['1', '3'], back: '2', expected: ['1', '2', '3'] },
    { items: ['3'], back: '1', expected: ['1', '3'] },
    { items: ['1'], back: '3', expected: ['1', '3'] },
    { items: ['9', '2'], back: '1', expected: ['9', '1', '2'] },
    { items: [], back: '2', expected: ['2'] },
  ])('puts $back back into $items where it was', ({ items, back, expected }) => {
    const put = putBack(
      items.map((id) => comment(id)),
      comment(back),
      ['1', '2', '3'],
    )
    expect(ids(put)).toEqual(expected)
  })
})
