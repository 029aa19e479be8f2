import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { languages } from '../../../worker/contract/languages.ts'
import { type LetterName, letterOf, letters } from '../../../worker/letters/letters.ts'
import { wordsIn } from '../../../worker/letters/words.ts'
import { columns } from '../../../worker/letters/wrap.ts'
import { missingWords, wordFlaws } from '../../wordFlaws.ts'
import { attribute, elementsOf, type textOf } from '../../worker/threats/html.ts'

const names = Object.keys(letters) as LetterName[]
const site = { name: 'River notes' }

/** What every letter says with its sample facts, in every language. */
const all = languages.flatMap((locale) =>
  names.map((name) => {
    const facts = letters[name].sample(wordsIn[locale]) as never
    return { name, locale, ...letterOf(name, facts, { locale }, site) }
  }),
)

const unseen = /[\u2060\u200b\u2066-\u2069]/g
const wordsOfText = (text: string) =>
  text
    .replace(/^(> ?|- |-{3,}$)/gm, '')
    .replace(unseen, '')
    // Lines of East Asian words are put together without a space.
    .replace(/\s+/g, '')

/** All that a page says, in its order; of links also where they lead. */
function wordsOfHtml(html: string): string {
  const walk = (node: Parameters<typeof textOf>[0]): string => {
    if ('value' in node) return node.value
    if (!('childNodes' in node)) return ''
    const inside = node.childNodes.map(walk).join('')
    return 'tagName' in node && node.tagName === 'a' ? `${inside} ${attribute(node, 'href')} ` : inside
  }
  const [body] = elementsOf(html).filter(({ tagName }) => tagName === 'body')
  return walk(body as Parameters<typeof textOf>[0])
    .replace(unseen, '')
    .replace(/\s+/g, '')
}

describe('Every letter in every language', () => {
  it('says the same in HTML and as text, in the same order', () => {
    for (const { name, locale, text, html } of all)
      expect(wordsOfText(text), `${name} ${locale}`).toBe(wordsOfHtml(html))
  })

  it('leaves no placeholder unfilled', () => {
    for (const { subject, text, html } of all)
      expect(`${subject}${text}${html.replace(/<style.*?<\/style>/s, '')}`).not.toMatch(/\{\w*\}/)
  })

  it('has the site’s name on top and a subject of one line', () => {
    for (const { subject, text } of all) {
      expect(text.split('\n')[0]?.replace(unseen, '')).toBe('River notes')
      expect(subject).toMatch(/^[^\r\n]{5,140}$/)
    }
  })

  it('is text of at most 76 columns but for addresses, which are whole', () => {
    for (const { text } of all)
      for (const line of text.split('\n'))
        if (!/^https:\S+$/.test(line)) expect(columns(line)).toBeLessThanOrEqual(76)
  })

  it('tells every reader why they get it, and how it ends', () => {
    for (const { name, text } of all) {
      if (letters[name].audience !== 'reader' || 'once' in letters[name]) continue
      const [, foot = ''] = text.split(/-{24}\n(?![\s\S]*-{24}\n)/)
      for (const url of ['#end', '', '#complaint'])
        expect(foot).toContain(`https://comments.example/s/sample${url}\n`)
    }
  })
})

describe('Words of letters', () => {
  it.each(languages)('lack nothing and fit in %s', (language) => {
    const { tag: _, ...words } = wordsIn[language]
    const { tag: __, ...english } = wordsIn.en
    expect([...missingWords(words, english), ...wordFlaws(language, words, english)]).toEqual([])
  })
})

describe('A letter costs a file, a line and its words', () => {
  it.each(names)('%s', (name) => {
    for (const language of languages) expect(Object.keys(wordsIn[language])).toContain(name)
    const files = readdirSync('worker/letters', { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.tsx?$/.test(file),
    )
    const naming = files.filter((file) =>
      new RegExp(`\\b${name}\\b`).test(readFileSync(`worker/letters/${file}`, 'utf8')),
    )
    expect(naming.toSorted()).toEqual([`kinds/${name}.ts`, 'letters.ts'])
  })
})

describe('What waits', () => {
  const digest = (counts: { held: number; flagged: number; appeals: number }) => {
    const facts = { ...letters.staffDigest.sample(wordsIn.en), counts }
    return letterOf('staffDigest', facts, { locale: 'en' }, site).text
  }

  it('says that those told of before are counted, where there are some', () => {
    expect(digest({ held: 5, flagged: 0, appeals: 0 })).not.toContain('told of before')
    expect(digest({ held: 5, flagged: 0, appeals: 1 })).toContain('told of before are counted')
  })
})
