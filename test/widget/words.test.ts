import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { absoluteTime, languageOf, localeOf, relativeTime, say } from '../../widget/common/i18n.ts'
import en from '../../widget/common/locales/en.json'
import ja from '../../widget/common/locales/ja.json'
import { rejectionReasons } from '../../worker/contract.ts'

type Tree = { [key: string]: Tree | string }

/** Paths of all messages; plural forms count as one. */
function paths(tree: Tree, at = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' || 'other' in value ? [at + key] : paths(value, `${at}${key}.`),
  )
}

const placeholders = (message: unknown) =>
  [...new Set(JSON.stringify(message).match(/\{\w+\}/g))].toSorted().join()

const at = (tree: Tree, path: string) =>
  path.split('.').reduce<unknown>((node, key) => (node as Tree)[key], tree)

describe('the locales', () => {
  it('have the same messages', () => {
    expect(paths(ja)).toEqual(paths(en))
  })

  it.each(paths(en))('say %s with the same values', (path) => {
    expect(at(ja, path)).not.toBe('')
    expect(placeholders(at(ja, path))).toBe(placeholders(at(en, path)))
  })

  it('have every word of the thread used in it', () => {
    const folder = join(import.meta.dirname, '../../widget/thread')
    const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('')
    // Statuses and orders are words by the names they have on the wire.
    const byName = ['oldest', 'newest', 'pending', 'approved', 'rejected', 'spam', 'deleted']
    const unused = Object.keys({ ...en.thread, ...en.own }).filter(
      (word) => !byName.includes(word) && !source.includes(`'${word}'`),
    )
    expect(unused).toEqual([])
  })

  it('have a sentence for every reason, and no two words of one name with another sense', () => {
    expect(Object.keys(en.reasons).toSorted()).toEqual(rejectionReasons.toSorted())
    const { thread, own, errors, reasons } = en as Record<string, Tree>
    for (const word of Object.keys({ ...own, ...errors, ...reasons })) expect(thread).not.toHaveProperty(word)
    for (const word of Object.keys({ ...errors, ...reasons })) expect(own).not.toHaveProperty(word)
    for (const word of Object.keys(reasons ?? {}))
      if (errors?.[word]) expect(errors[word]).toBe(reasons?.[word])
  })
})

describe('say', () => {
  it.each([
    ['en', 1, 'One thought on “T”'],
    ['en', 2, '2 thoughts on “T”'],
    ['en', 1234, '1,234 thoughts on “T”'],
    ['ja', 1, '“T” への1件のフィードバック'],
    ['ja', 2, '“T” への2件のフィードバック'],
  ])('heads a thread in %s of %d', (tag, count, words) => {
    expect(say((tag === 'ja' ? ja : en).thread.heading, tag, { count, title: 'T' })).toBe(words)
  })

  it('puts values in as they are', () => {
    expect(say('{a} {b} {c}', 'en', { a: '$&', b: '{a}' })).toBe('$& {a} {c}')
  })
})

describe('time', () => {
  const now = Date.parse('2026-11-23T12:00:00Z')
  it.each([
    [0, 'just now', 'たった今'],
    [-60, 'just now', 'たった今'],
    [59, 'just now', 'たった今'],
    [60, '1 minute ago', '1 分前'],
    [3 * 3600, '3 hours ago', '3 時間前'],
    [3 * 86400, '3 days ago', '3 日前'],
    [70 * 86400, '2 months ago', '2 か月前'],
    [800 * 86400, '2 years ago', '2 年前'],
  ])('%d seconds ago is %s', (seconds, english, japanese) => {
    const iso = new Date(now - seconds * 1000).toISOString()
    expect(relativeTime(iso, 'en', now)).toBe(english)
    expect(relativeTime(iso, 'ja', now)).toBe(japanese)
  })

  it('is told in full with its year', () => {
    expect(absoluteTime('2026-11-20T12:00:00Z', 'ja')).toMatch(/^2026年11月\d+日/)
  })
})

describe('a language tag', () => {
  it.each([
    ['ja', 'ja', 'ja'],
    ['ja-JP', 'ja', 'ja-JP'],
    ['en-GB', 'en', 'en-GB'],
    ['de-AT', 'en', 'en'],
    ['', 'en', 'en'],
    ['ja-!!', 'ja', 'ja'],
    ['java', 'en', 'en'],
  ])('%s speaks %s and formats as %s', (tag, language, locale) => {
    expect(languageOf(tag)).toBe(language)
    expect(localeOf(tag)).toBe(locale)
  })
})
