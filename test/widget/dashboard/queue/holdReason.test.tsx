import { screen, waitFor } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { type Finding, findingCodes } from '../../../../worker/contract/findings.ts'
import { verdictOf } from '../../../../worker/moderation/verdict.ts'
import { finding, samples } from '../../../findings.ts'
import { comment, scored } from '../comment.ts'
import { chipsOf, press, useDashboard } from '../desk.tsx'

const newcomer = finding('new_author', 0, { trust: 'newcomer' })
const known = finding('new_author', 0, { trust: 'known' })
const checked = finding('policy', 0, { policy: 'premoderate' })
const has = (id: string, ...findings: Finding[]) => comment(id, { findings })
const learnt = (id: string, band: 'fine' | 'unsure' | 'unlearnt', ...more: Finding[]) => {
  const item = scored(id, band, 0)
  return { ...item, findings: [...item.findings, ...more] }
}

describe('Why a comment waits', () => {
  const at = useDashboard()

  it.each([
    ['of an author not yet trusted', has('1', newcomer), ['neutral: Author not yet trusted']],
    ['of one who is known', has('1', known), ['neutral: Author known, but not trusted yet']],
    ['where the site checks all', has('1', newcomer, checked), ['neutral: This site checks every comment']],
    ['that was imported so', has('1', finding('imported')), ['neutral: Waited in the old system, too']],
    [
      'in words that are not learnt',
      learnt('1', 'unlearnt', newcomer),
      ['neutral: Written in a way not learnt yet'],
    ],
    [
      'that is likely fine',
      learnt('1', 'fine', checked),
      ['fine: Likely fine', 'neutral: This site checks every comment'],
    ],
    [
      'in which what was found does not suffice',
      has('1', finding('invisible_characters', 1, { count: 2 }), newcomer),
      ['caution: 2 invisible characters', 'neutral: Author not yet trusted'],
    ],
    [
      'in which it does',
      has('1', finding('invisible_characters', 3, { count: 2 }), newcomer),
      ['caution: 2 invisible characters'],
    ],
    ['of which the learner is unsure', learnt('1', 'unsure', newcomer), ['caution: Unsure']],
    [
      'that is always held',
      has('1', finding('condition', 0, { conditions: ['thread'] }), newcomer),
      ['neutral: Always held: thread checked'],
    ],
    ['that was decided', comment('1', { status: 'approved', findings: [newcomer] }), []],
    ['that is not screened', comment('1', { verdict: null }), ['neutral: Not screened yet']],
  ])('is told on the row of one %s', async (_, item, told) => {
    at.server.items = [item]
    await at.open('/dashboard?tab=all')
    expect(chipsOf('1')).toEqual(told)
  })

  it.each(findingCodes.filter((code) => !/learner|policy|imported|new_author/.test(code)))(
    'is told by what holds by itself, and by nothing else: %s',
    async (code) => {
      const found = finding(code, 0, samples[code])
      at.server.items = [has('1', found, newcomer)]
      await at.open()
      const reasons = chipsOf('1').filter((chip) => /Author not yet trusted/.test(chip))
      expect(reasons).toHaveLength(verdictOf([found], 'postmoderate') === 'hold' ? 0 : 1)
      expect(chipsOf('1')).toHaveLength(1)
    },
  )

  it('is said once above the list where it is the same for most, and on the others', async () => {
    at.server.items = [
      ...['1', '2', '3', '4'].map((id) => has(id, newcomer)),
      has('5', known),
      learnt('6', 'fine', newcomer),
    ]
    await at.open()
    expect(screen.getByText('Reason to wait, unless another is shown: Author not yet trusted.')).toBeTruthy()
    expect(['1', '2', '3', '4'].flatMap(chipsOf)).toEqual([])
    expect(chipsOf('5')).toEqual(['neutral: Author known, but not trusted yet'])
    expect(chipsOf('6')).toEqual(['fine: Likely fine', 'neutral: Author not yet trusted'])
  })

  it('is said on each row where few have it in common', async () => {
    at.server.items = [has('1', newcomer), has('2', newcomer)]
    await at.open()
    expect([...chipsOf('1'), ...chipsOf('2')]).toHaveLength(2)
  })

  it('is that screening has not learnt yet, said once with what to do, where all are written in such ways', async () => {
    at.server.items = ['1', '2', '3'].map((id) => learnt(id, 'unlearnt', newcomer))
    await at.open()
    const said = [
      'Reason to wait, unless another is shown: Written in a way not learnt yet.',
      'Screening learns from your decisions.',
    ]
    expect(screen.getByText(said.join(' '))).toBeTruthy()
    expect(chipsOf('1')).toEqual([])
    for (const _ of at.server.items) await press('a')
    await waitFor(() => expect(screen.queryByText(/Reason to wait/)).toBeNull())
  })
})
