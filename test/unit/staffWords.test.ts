import { describe, expect, it } from 'vitest'
import { languages } from '../../worker/contract/languages.ts'
import { staffWords } from '../../worker/words/staffWords.ts'
import { dashboardWords } from '../wordFlaws.ts'

describe('The words for staff outside of the dashboard', () => {
  it.each(languages)('are the dashboard’s: %s', (language) => {
    expect(staffWords(language).desk).toEqual(dashboardWords(language).desk)
  })

  it('are English where there are none', () => {
    expect(staffWords('tlh').desk.undo).toBe('Undo')
  })

  it('say what screening found', () => {
    const params = { count: 3, limit: 2, hosts: ['a.example', 'b.example'] }
    const say = (lang: string) => staffWords(lang).finding({ code: 'links', weight: 2, params })
    expect(say('en')).toBe('3 links (limit 2), to a.example, b.example')
    expect(say('ja-JP')).toContain('a.example')
    expect(say('ar')).toContain('\u2068')
  })
})
