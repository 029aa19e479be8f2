import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { chooseLanguage, speak, words } from '../../../../widget/dashboard/core/words.ts'
import en from '../../../../widget/dashboard/locales/en.json'
import ja from '../../../../widget/dashboard/locales/ja.json'
import { dashboardLanguages } from '../../../../worker/contract/languages.ts'
import { press, useDashboard } from '../desk.tsx'

const forms = new Set(['zero', 'one', 'two', 'few', 'many', 'other'])

/** Every message by its path, with the values it is filled with. */
function messages(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, [...new Set(value.match(/\{\w+\}/g))].sort().join()]]
  const parts = Object.entries(value as object)
  if (parts.every(([key]) => forms.has(key))) return messages((value as { other: string }).other, path)
  return parts.flatMap(([key, part]) => messages(part, `${path}.${key}`))
}

describe.each(dashboardLanguages)('The words in %s', (name) => {
  it('are all there, with the values that the English ones have', async () => {
    const { default: words } = await import(`../../../../widget/dashboard/locales/${name}.json`)
    const had = messages(words).map(([path]) => path)
    const due = messages(en).map(([path]) => path)
    expect({ missing: due.filter((path) => !had.includes(path)) }).toEqual({ missing: [] })
    expect({ unknown: had.filter((path) => !due.includes(path)) }).toEqual({ unknown: [] })
    const free = /^\.desk\.reject\.title$/
    const values = (all: unknown) => messages(all).filter(([path]) => !free.test(path))
    expect(Object.fromEntries(values(words))).toEqual(Object.fromEntries(values(en)))
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
