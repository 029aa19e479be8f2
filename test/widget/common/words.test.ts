import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { absoluteTime, languageOf, type Message, relativeTime, say } from '../../../widget/common/i18n.ts'
import { rejectionReasons } from '../../../worker/contract/decisions.ts'
import { errorStatus } from '../../../worker/contract/errors.ts'
import { flagReasons } from '../../../worker/contract/flagReasons.ts'
import { type Language, languages } from '../../../worker/contract/languages.ts'
import { sorts } from '../../../worker/contract/sorts.ts'
import { statuses } from '../../../worker/contract/status.ts'

type Locale = Record<string, Record<string, Message>>

const root = join(import.meta.dirname, '../../..')
const folder = join(root, 'widget/common/locales')

/** The text of a program, all files in one. */
const sourceOf = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'))
    .join('\n')

const localeOf = (language: Language): Locale =>
  JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8'))

const messagesOf = (locale: Locale) =>
  Object.entries(locale).flatMap(([section, words]) =>
    Object.entries(words).map(([key, message]) => ({ path: `${section}.${key}`, key, message })),
  )

/** The forms of a message by their plural categories; a sentence without any is its own. */
const formsOf = (message: Message) => Object.entries(typeof message === 'string' ? { '': message } : message)

const placeholdersOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted()

const messageOf = (locale: Locale, path: string) =>
  messagesOf(locale).find((message) => message.path === path)?.message ?? ''

const en = localeOf('en')
const english = messagesOf(en)
const keys = new Set(english.map(({ key }) => key))

/** Counts that between them call for every plural form a list of comments can have. */
const counts = [0, 1, 2, 3, 5, 11, 21, 22, 25, 100, 101, 111, 1234, 1_000_000]

describe('the words in English', () => {
  it('are all used', () => {
    const source = sourceOf('widget/thread') + sourceOf('worker')
    const onTheWire = new Set<string>([
      ...statuses,
      ...sorts,
      ...Object.keys(errorStatus),
      ...rejectionReasons,
      ...flagReasons.map((reason) => `flag_${reason}`),
    ])
    const unused = english.filter(({ key }) => !onTheWire.has(key) && !source.includes(`'${key}'`))
    expect(unused.map(({ path }) => path)).toEqual([])
  })

  it('are there for every status, order and reason', () => {
    const needed = [...statuses, ...sorts, ...flagReasons.map((reason) => `flag_${reason}`)]
    expect(needed.filter((key) => !keys.has(key))).toEqual([])
    expect(Object.keys(en.reasons ?? {}).toSorted()).toEqual(rejectionReasons.toSorted())
  })
})

it('has a file for every language, and no other', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  expect(files.toSorted()).toEqual(languages.map((name) => `${name}.json`).toSorted())
})

describe.each(languages)('the words in %s', (language) => {
  const locale = localeOf(language)
  const messages = messagesOf(locale)
  const rules = new Intl.PluralRules(language)
  const categories = rules.resolvedOptions().pluralCategories.toSorted()

  it('are those of English, in its order', () => {
    expect(messages.map(({ path }) => path)).toEqual(english.map(({ path }) => path))
  })

  it('say something with the values that English has, each once', () => {
    for (const { path, message } of messages) {
      const expected = formsOf(messageOf(en, path)).flatMap(([, text]) => placeholdersOf(text))
      for (const [category, text] of formsOf(message)) {
        expect(text.trim(), path).not.toBe('')
        // Where a category is a single number (besides none), words may stand for it.
        const numbers = counts.filter((count) => count > 0 && rules.select(count) === category)
        const spelt = numbers.length < 2 && category !== 'other' && !text.includes('{count}')
        const values = [...new Set(expected)].filter((name) => name !== '{count}' || !spelt)
        expect(placeholdersOf(text), `${path} ${category}`).toEqual(values.toSorted())
        expect(text.replace(/\{\w+\}/g, ''), path).not.toMatch(/[{}]/)
      }
    }
  })

  it('have the plural forms of the language where English has its own', () => {
    for (const { path, message } of messages) {
      const plural = typeof message !== 'string'
      expect(plural, path).toBe(typeof messageOf(en, path) !== 'string')
      // A heading has words for none in every language.
      const own = path.endsWith('heading') ? [...new Set([...categories, 'zero'])] : categories
      if (plural) expect(Object.keys(message).toSorted(), path).toEqual(own.toSorted())
    }
  })

  it('mean one thing by one name', () => {
    const known = new Map<string, Message>()
    for (const { key, path, message } of messages) {
      expect(known.get(key) ?? message, path).toEqual(message)
      known.set(key, message)
    }
  })

  it('carry no invisible marks of direction but isolates of signs, which end where they begin', () => {
    const text = JSON.stringify(locale).replace(/\u2068[^\u2066-\u2069"]+\u2069/g, '')
    expect(text).not.toMatch(/[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/)
  })

  it.each([0, 1, 2, 5, 21, 1234])('head %d comments', (count) => {
    const heading = say(locale.thread?.heading ?? '', language, { count, title: 'T' })
    expect(heading).toContain('T')
    expect(heading).not.toMatch(/[{}]/)
    if (count > 2) expect(heading).toContain(count.toLocaleString(language))
    const untitled = say(locale.thread?.heading ?? '', language, { count, title: '' })
    expect(untitled).not.toMatch(/[|{}“”„«»「」]/)
    expect(untitled).toMatch(/^\S.*\S$/)
    if (count > 2) expect(untitled).toContain(count.toLocaleString(language))
  })
})

describe('say', () => {
  it.each([
    ['en', 1, 'One thought on “T”'],
    ['en', 2, '2 thoughts on “T”'],
    ['en', 1234, '1,234 thoughts on “T”'],
    ['ja', 1, '“T” への1件のフィードバック'],
    ['ja', 2, '“T” への2件のフィードバック'],
    ['zh-Hans', 3, '“T”有 3 个想法'],
    ['zh-Hant', 3, '「T」中有 3 則留言'],
    ['ko', 3, '“T”에 대한 3개의 생각'],
    ['de', 1, 'Ein Gedanke zu „T“'],
    ['de', 1234, '1.234 Gedanken zu „T“'],
    ['fr', 2, '2 réflexions sur «\u00a0T\u00a0»'],
    ['es-MX', 1234, '1,234 comentarios en «T»'],
    ['es', 1, 'Un comentario en «T»'],
    ['pt-PT', 2, '2 comentários em “T”'],
    ['ru', 1, '«T»: 1 комментарий'],
    ['ru', 3, '«T»: 3 комментария'],
    ['ru', 11, '«T»: 11 комментариев'],
    ['ru', 21, '«T»: 21 комментарий'],
    ['ar', 2, 'رأيان على «T»'],
    ['ar-EG', 3, '٣ آراء على «T»'],
    ['id', 1, '1 pemikiran pada “T”'],
    ['tlh', 1234, '1,234 thoughts on “T”'],
  ])('heads a thread in %s of %d', (lang, count, words) => {
    const { language, tag } = languageOf(lang)
    expect(say(messageOf(localeOf(language), 'thread.heading'), tag, { count, title: 'T' })).toBe(words)
  })

  it('puts values in as they are', () => {
    expect(say('{a} {b} {c}', 'en', { a: '$&', b: '{a}' })).toBe('$& {a} {c}')
  })
})

describe('time', () => {
  const now = Date.parse('2026-11-23T12:00:00Z')
  it.each([
    [0, 'now', '今', 'jetzt'],
    [-60, 'now', '今', 'jetzt'],
    [59, 'now', '今', 'jetzt'],
    [60, '1 minute ago', '1 分前', 'vor 1 Minute'],
    [3 * 3600, '3 hours ago', '3 時間前', 'vor 3 Stunden'],
    [3 * 86400, '3 days ago', '3 日前', 'vor 3 Tagen'],
    [70 * 86400, '2 months ago', '2 か月前', 'vor 2 Monaten'],
    [800 * 86400, '2 years ago', '2 年前', 'vor 2 Jahren'],
  ])('%d seconds ago is %s', (seconds, english, japanese, german) => {
    const iso = new Date(now - seconds * 1000).toISOString()
    expect(['en', 'ja', 'de'].map((tag) => relativeTime(iso, tag, now))).toEqual([english, japanese, german])
  })

  it.each([
    ['ja', /^2026年11月20日/],
    ['en-GB', /^20 November 2026/],
    ['en-US', /^November 20, 2026/],
    ['zh-TW', /^2026年11月20日/],
    ['ar-EG', /^٢٠ نوفمبر ٢٠٢٦/],
    ['tlh', /^November 20, 2026/],
  ])('is told in full with its year in %s', (lang, words) => {
    expect(absoluteTime('2026-11-20T12:00:00Z', languageOf(lang).tag)).toMatch(words)
  })
})

describe('a language tag', () => {
  it.each([
    ['en', 'en'],
    ['en-GB', 'en'],
    ['ja', 'ja'],
    ['ja-JP', 'ja'],
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh-SG', 'zh-Hans'],
    ['zh-Hans-HK', 'zh-Hans'],
    ['zh-TW', 'zh-Hant'],
    ['zh-HK', 'zh-Hant'],
    ['zh-Hant', 'zh-Hant'],
    ['ko-KR', 'ko'],
    ['de-AT', 'de'],
    ['fr-CA', 'fr'],
    ['es-419', 'es'],
    ['pt', 'pt-BR'],
    ['pt-BR', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['ru-KZ', 'ru'],
    ['ar-EG', 'ar'],
    ['id', 'id'],
    ['in', 'id'],
    ['JA-jp', 'ja'],
  ])('%s speaks %s and formats as itself', (tag, language) => {
    expect(languageOf(tag)).toEqual({ language, tag })
  })

  it.each([
    ['ja_JP', 'ja', 'ja-JP'],
    ['zh_TW', 'zh-Hant', 'zh-TW'],
    ['de_DE.UTF-8', 'de', 'de-DE'],
    ['de_AT@euro', 'de', 'de-AT'],
  ])('%s, as systems write it, speaks %s', (given, language, tag) => {
    expect(languageOf(given)).toEqual({ language, tag })
  })

  it.each(['', 'nl', 'tlh', 'java', 'ja-!!', 'C', 'x', '-', 'en US'])(
    '%j, which has no words, speaks English',
    (tag) => {
      expect(languageOf(tag)).toEqual({ language: 'en', tag: 'en' })
    },
  )
})
