import { describe, expect, it } from 'vitest'
import { type LetterName, letterOf, letters } from '../../../worker/letters/letters.ts'
import { wordsIn } from '../../../worker/letters/words.ts'
import { hostileUrls, vectors, wireVectors } from '../../worker/threats/data.ts'
import { attribute, elementsOf, textOf } from '../../worker/threats/html.ts'

type Facts = Record<string, unknown>

const names = Object.keys(letters) as LetterName[]
const sampleOf = (name: LetterName): Facts => letters[name].sample(wordsIn.en) as Facts

/** Facts with every text of a kind replaced, those in lists too. */
function filled(facts: unknown, text: string, isMeant: (key: string) => boolean, key = ''): unknown {
  if (typeof facts === 'string') return isMeant(key) ? text : facts
  if (Array.isArray(facts)) return facts.map((one) => filled(one, text, isMeant, key))
  if (facts === null || typeof facts !== 'object') return facts
  return Object.fromEntries(
    Object.entries(facts).map(([name, one]) => [name, filled(one, text, isMeant, name)]),
  )
}

const isUrl = (key: string) => /url$/i.test(key)
const isText = (key: string) => !isUrl(key) && !['what', 'until'].includes(key)

const write = (name: LetterName, facts: unknown, site = 'Blog') =>
  letterOf(name, facts as never, { locale: 'en' }, { name: site })

/** What a letter consists of: its elements with their attributes, but for people's words and what keeps them apart. */
const skeletonOf = (html: string) =>
  new Set(
    elementsOf(html)
      .filter(({ tagName }) => !['br', 'span'].includes(tagName))
      .flatMap(({ tagName, attrs }) => [
        tagName,
        ...attrs.map(({ name, value }) => `${tagName} ${name}=${value}`),
      ]),
  )

const linksOf = (html: string) =>
  elementsOf(html)
    .filter(({ tagName }) => tagName === 'a')
    .map((link) => attribute(link, 'href'))

const shown = (text: string) => text.replace(/[\u2060\u200b\s]/g, '')

describe('Row 6: a letter makes nothing of people’s words but text', () => {
  it.each(names)('in any field of %s', (name) => {
    const plain = write(name, sampleOf(name))
    const links = linksOf(plain.html)
    const parts = skeletonOf(plain.html)
    // All of them in the letter that has a part of each kind.
    for (const vector of name === 'staffDigest' ? vectors : wireVectors) {
      const { subject, text, html } = write(name, filled(sampleOf(name), vector, isText), vector)
      expect(
        [...skeletonOf(html)].filter((part) => !parts.has(part)),
        vector,
      ).toEqual([])
      expect(linksOf(html)).toEqual(links)
      expect(elementsOf(html).filter(({ tagName, attrs }) => tagName === 'span' && attrs.length)).toEqual([])
      expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(text).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067]/)
      for (const url of text.match(/\b[a-z]+:\/\/\S+/gi) ?? []) expect(links).toContain(url)
      const [body] = elementsOf(html).filter(({ tagName }) => tagName === 'body')
      const first = shown(textOf(body as never)).slice(0, 10)
      expect(shown(text.replace(/^> ?/gm, '').replace(/[\u2068\u2069]/g, '')).startsWith(first)).toBe(true)
    }
  })

  it.each(names)('in any link of %s', (name) => {
    for (const url of hostileUrls) {
      const { text, html } = write(name, filled(sampleOf(name), url, isUrl))
      const made = linksOf(html)
      for (const href of made) expect(href).toMatch(/^https?:\/\/[^@\\\s"<>]+$/)
      expect(text.match(/\b(javascript|data|vbscript|blob|file):/gi)).toBe(null)
    }
  })

  it('fetches nothing', () => {
    for (const name of names) {
      const { html } = write(name, sampleOf(name))
      const tags = new Set(elementsOf(html).map(({ tagName }) => tagName))
      for (const tag of ['script', 'img', 'link', 'iframe', 'object', 'form', 'base', 'video'])
        expect(tags).not.toContain(tag)
      expect(html).not.toMatch(/\b(src|background|srcset)=|url\(|@import|@font-face/i)
    }
  })

  it('shows no text of people as anything but a quote or a value in a sentence', () => {
    const { text } = write('commentApproved', {
      ...sampleOf('commentApproved'),
      excerpt: 'Hello\n\nSee your comment\nhttps://evil.example\n> quoted\n----\nStop these mails',
    })
    const theirs = text.slice(text.indexOf('> Hello'), text.indexOf('\n\nSee your comment\nhttps://blog'))
    for (const line of theirs.split('\n')) expect(line).toMatch(/^>/)
  })
})

describe('Row 5: a subject is one line', () => {
  it.each([
    'a\r\nBcc: v@evil.example',
    'a\nb',
    'a\u2028b',
    'a\u0000b',
    'a\u0085b',
    `${'x'.repeat(9_000)}\r\n`,
  ])('%j', (text) => {
    for (const name of names) {
      const { subject } = write(name, filled(sampleOf(name), text, isText), text)
      expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
      expect([...subject].length).toBeLessThan(260)
    }
  })
})

describe('Row 12: a letter tells no more than its kind does', () => {
  it.each(names)('%s', (name) => {
    const secrets = {
      email: 'secret-1',
      address: 'secret-2',
      ip: 'secret-3',
      score: 'secret-4',
      token: 'secret-5',
    }
    const readers = letters[name].audience === 'reader' ? { findings: ['secret-6'], flags: 'secret-7' } : {}
    const facts = sampleOf(name)
    const items = (facts.items as object[] | undefined)?.map((item) => ({ ...item, ...secrets, ...readers }))
    const { subject, text, html } = write(name, { ...facts, ...secrets, ...readers, ...(items && { items }) })
    expect(subject + text + html).not.toContain('secret')
  })
})

describe('A letter is not clipped', () => {
  // The one of each that weighs most: escaped signs, broken links, East Asian signs.
  const heavy = ['<&">'.repeat(2500), 'a.b.'.repeat(2500), '漢字かな\n'.repeat(2000)]
  const url = `https://blog.example/${'漢'.repeat(800)}`

  it.each(names)('by Gmail, however much is told: %s', (name) => {
    for (const text of heavy) {
      const facts = filled(sampleOf(name), text, isText) as Facts
      if (Array.isArray(facts.items))
        facts.items = Array.from({ length: 30 }, () => (facts.items as unknown[])[0])
      for (const all of [facts, filled(facts, url, isUrl)]) {
        const { html } = write(name, all, text)
        // 102 kB of a mail; in base64 it is a third longer.
        expect(Buffer.from(html).toString('base64').length).toBeLessThan(102_000)
      }
    }
  })

  it('and its style sheet is short enough to be kept', () => {
    const [sheet] = elementsOf(write('mailTest', {}).html).filter(({ tagName }) => tagName === 'style')
    // Gmail drops one of 8,192 characters or more.
    expect(textOf(sheet as never).length).toBeLessThan(8_192)
  })

  it('and says how much it leaves out', () => {
    const facts = sampleOf('newReplies')
    const [item] = facts.items as unknown[]
    const { text, subject } = write('newReplies', {
      ...facts,
      items: Array.from({ length: 30 }, () => item),
      more: 5,
    })
    expect(subject).toBe('35 replies to you on “How we mapped the river”')
    expect(text).toContain('23 more replies are on the page.')
  })
})
