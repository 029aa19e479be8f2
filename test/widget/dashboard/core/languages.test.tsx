import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { describe, expect, it, vi } from 'vitest'
import { firstLanguage } from '../../../../widget/dashboard/core/kept.ts'
import { chooseLanguage, speak, tag, words } from '../../../../widget/dashboard/core/words.ts'
import en from '../../../../widget/dashboard/locales/en.json'
import ja from '../../../../widget/dashboard/locales/ja.json'
import { languages } from '../../../../worker/contract/languages.ts'
import { dashboardWords, labelFlaws, missingWords, wordFlaws } from '../../../wordFlaws.ts'
import { press, useDashboard } from '../desk.tsx'

describe.each(languages)('The words in %s', (name) => {
  const english = dashboardWords('en')

  it('have the plural forms of the language, and the values that the English ones have', () => {
    expect(wordFlaws(name, dashboardWords(name), english)).toEqual([])
  })

  it('say of a button what stands on it', () => {
    expect(labelFlaws(dashboardWords(name))).toEqual([])
  })

  it('are all there', () => {
    expect(missingWords(dashboardWords(name), english)).toEqual([])
  })
})

describe('A flaw in words is told', () => {
  const english = {
    a: { one: '{count} of {name}', other: '{count} of {name}' },
    b: 'Hello {name}',
    c: ['x'],
  }
  const [full, spelt] = ['{count} {name}', '{name}']
  it.each([
    ['ru', { a: { one: full, other: full } }, [/lacks the form “many”/, /lacks the form “few”/]],
    ['ru', { a: { one: spelt, few: full, many: full, other: full } }, [/one lacks \{count\}/]],
    ['ar', { a: { zero: spelt, one: spelt, two: spelt, few: full, many: full, other: full } }, []],
    ['ja', { a: { one: spelt, other: full } }, [/no form “one”/]],
    ['de', { a: { one: spelt, other: spelt } }, [/other lacks \{count\}/]],
    ['de', { b: '{nome}' }, [/lacks \{name\}/, /has \{nome\}/]],
    ['de', { b: { one: spelt, other: spelt }, c: 'x', d: '' }, [/no plural forms/, /^c: /, /^d: /]],
    ['de', { b: '{name} {', c: [''] }, [/stray/, /nothing/]],
  ])('%s %j', (language, words, told) => {
    const flaws = wordFlaws(language, words, english)
    expect(flaws).toEqual(told.map((one) => expect.stringMatching(one)))
  })

  it('also that a label does not say what stands on its button', () => {
    const words = { a: 'Devices', aOf: 'Devices of {name}', b: 'Remove…', bOf: 'Take {name} away' }
    expect(labelFlaws(words)).toEqual([expect.stringMatching(/^bOf: lacks “Remove…”/)])
  })

  it('also what is missing', () => {
    expect(missingWords({ b: 'Hallo {name}' }, english)).toEqual(['a', 'c'])
  })
})

describe('The language to begin with', () => {
  it.each([
    [['ja-JP', 'en'], undefined, 'ja', 'ja-JP'],
    [['nl', 'ja', 'en'], undefined, 'ja', 'ja'],
    [['nl'], undefined, 'en', 'en'],
    [['en-GB', 'ja'], undefined, 'en', 'en-GB'],
    [['en-GB', 'ja-JP'], 'ja', 'ja', 'ja-JP'],
    [['ja-JP'], 'tlh', 'ja', 'ja-JP'],
  ])('of a browser that likes %j, where %s was kept, is %s', (liked, chosen, language, expected) => {
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(liked)
    localStorage.setItem('hankyo.dashboard', JSON.stringify({ language: chosen }))
    const first = firstLanguage()
    // Which of its tags fits is looked up when the language changes.
    speak(first === 'ja' ? 'en' : 'ja', {})
    tag()
    speak(first, {})
    expect([first, tag()]).toEqual([language, expected])
    vi.restoreAllMocks()
    localStorage.clear()
  })
})

describe('The words of a page', () => {
  const at = useDashboard()
  const files = () =>
    at.server.asked.flatMap(({ line }) => /^GET .*\/words-0123\/(.+)\.json$/.exec(line)?.[1] ?? [])

  it('come with it, in the language that is spoken', async () => {
    // Only what the first load brings.
    speak('ja', {})
    speak('en', { desk: en.desk })
    await at.open('/dashboard?page=bans')
    await screen.findByText(en.bans.none)
    expect(files()).toEqual(['en.bans'])
    expect(() => words('tokens')).toThrow('tokens')
  })

  it('change with the language, and what was typed stays', async () => {
    await at.open('/dashboard?page=bans')
    const field = await screen.findByLabelText(en.bans.value.domain)
    fireEvent.input(field, { target: { value: 'spam.example' } })
    await press('?')
    fireEvent.change(await screen.findByLabelText('Language'), { target: { value: 'ja' } })
    await waitFor(() => expect(document.documentElement.lang).toBe('ja'))
    expect(files()).toContain('ja.bans')
    expect((screen.getByLabelText(ja.bans.value.domain) as HTMLInputElement).value).toBe('spam.example')
  })

  it('stay as they are where those of another language can’t be had, and the choice says so', async () => {
    await at.open('/dashboard?page=tokens')
    await screen.findByText(en.tokens.note)
    at.server.instead = (line) => (line.endsWith('/ja.tokens.json') ? { status: 503 } : undefined)
    await press('?')
    const choice = (await screen.findByLabelText('Language')) as HTMLSelectElement
    fireEvent.change(choice, { target: { value: 'ja' } })
    await screen.findByText(/^The language could not be changed/)
    expect([document.documentElement.lang, choice.value]).toEqual(['en', 'en'])
    at.server.instead = () => undefined
    await chooseLanguage('ja')
    expect(document.documentElement.lang).toBe('ja')
  })
})
