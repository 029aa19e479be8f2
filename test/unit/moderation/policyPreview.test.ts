import { describe, expect, it } from 'vitest'
import { verdicts } from '../../../worker/contract/findings.ts'
import type { Policy } from '../../../worker/contract/policies.ts'
import type { SiteSettings } from '../../../worker/contract/siteSettings.ts'
import type { Facts, Judgement } from '../../../worker/moderation/facts.ts'
import { noOutcomes, outcomeOf, type Plan, verdictUnder } from '../../../worker/moderation/policyPreview.ts'
import { harmless } from './rules/facts.ts'

const plan = (
  policy: Policy,
  settings: Partial<SiteSettings> = {},
  lists: Partial<Facts['lists']> = {},
): Plan => ({
  policy,
  settings: { ...harmless.settings, ...settings },
  lists: { ...harmless.lists, ...lists },
})
const firstComment = { ...harmless, history: { approved: 0, rejected: 0, spam: 0, firstApprovedAt: null } }
const says = (band: Judgement['band'], approves = true, condemns = true): Judgement => ({
  band,
  score: 0,
  approves,
  condemns,
  terms: [],
})
const verdict = (under: Plan, known: Partial<Facts> = {}, judgement: Judgement | null = null) =>
  verdictUnder(under, { ...firstComment, ...known }, judgement).verdict

describe('Under another plan', () => {
  it('who waits follows the policy', () => {
    expect(verdict(plan('premoderate'))).toBe('hold')
    expect(verdict(plan('trusted'))).toBe('hold')
    expect(verdict(plan('postmoderate'))).toBe('approve')
    expect(verdict(plan('trusted'), { history: harmless.history })).toBe('approve')
  })

  it('trust follows the settings, not what was known', () => {
    const known = { trust: 'trusted', history: { ...harmless.history, approved: 2 } } as const
    expect(verdict(plan('trusted', { trustedAfter: 3 }), known)).toBe('hold')
    expect(verdict(plan('trusted', { trustedAfter: 2 }), known)).toBe('approve')
  })

  it('what is held follows the settings', () => {
    const links = ['https://a.example/', 'https://b.example/', 'https://c.example/']
    expect(verdict(plan('postmoderate', { maxLinks: 3 }), { links })).toBe('approve')
    expect(verdict(plan('postmoderate', { maxLinks: 2 }), { links })).toBe('hold')
    expect(verdict(plan('postmoderate', { holdLinks: true, maxLinks: 9 }), { links })).toBe('hold')
    expect(verdict(plan('postmoderate', { holdFirst: 1 }))).toBe('hold')
    expect(verdict(plan('postmoderate', { holdFirst: 1 }), { history: harmless.history })).toBe('approve')
  })

  it('words are looked for in its lists, not in those of the time', () => {
    const known = { lists: { hold: [], spam: ['second'], domains: [] } }
    expect(verdict(plan('postmoderate'), known)).toBe('approve')
    expect(verdict(plan('postmoderate', {}, { spam: ['second'] }))).toBe('spam')
    expect(verdict(plan('postmoderate', {}, { hold: ['second'] }))).toBe('hold')
  })

  it('the learner decides what it may decide there, whatever it said at the time', () => {
    const known = { learnt: says('spam') }
    expect(verdict(plan('trusted'), known, says('fine'))).toBe('approve')
    expect(verdict(plan('trusted'), known, says('fine', false))).toBe('hold')
    expect(verdict(plan('postmoderate'), known)).toBe('approve')
    expect(verdict(plan('trusted'), {}, says('spam'))).toBe('spam')
    expect(verdict(plan('postmoderate'), {}, says('spam', true, false))).toBe('hold')
  })

  it('it is told what screening alone decides', () => {
    const automatic = (under: Plan, judgement: Judgement | null, known = firstComment) =>
      verdictUnder(under, known, judgement).automatic
    expect(automatic(plan('trusted'), says('fine'))).toBe(true)
    expect(automatic(plan('trusted'), says('spam'))).toBe(true)
    expect(automatic(plan('trusted'), says('unsure'))).toBe(false)
    expect(automatic(plan('trusted'), says('fine'), harmless as typeof firstComment)).toBe(false)
    expect(automatic(plan('postmoderate'), null)).toBe(false)
  })

  it('the reasons are those of the rules under it', () => {
    const { findings } = verdictUnder(
      plan('premoderate', { holdFirst: 2 }),
      firstComment,
      says('fine', false, false),
    )
    expect(findings.map(({ code }) => code)).toEqual(['learner', 'condition', 'new_author', 'policy'])
  })
})

describe('An outcome', () => {
  it('is there for each verdict, and all start at nothing', () => {
    expect(verdicts.map((one) => noOutcomes()[outcomeOf[one]])).toEqual([0, 0, 0, 0])
    expect(new Set(Object.values(outcomeOf)).size).toBe(verdicts.length)
    expect(noOutcomes()).not.toBe(noOutcomes())
  })
})
