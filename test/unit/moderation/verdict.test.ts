import { describe, expect, it } from 'vitest'
import {
  type Band,
  type Finding,
  findingCodes,
  type Verdict,
  verdicts,
} from '../../../worker/contract/findings.ts'
import { type Policy, policies } from '../../../worker/contract/policies.ts'
import type { Facts, Judgement } from '../../../worker/moderation/facts.ts'
import { learnt } from '../../../worker/moderation/rules/learnt.ts'
import { isAutomatic, verdictOf } from '../../../worker/moderation/verdict.ts'
import { finding } from '../../findings.ts'
import { harmless } from './rules/facts.ts'

const strictness = (findings: Finding[], policy: Policy) => verdicts.indexOf(verdictOf(findings, policy))
const newcomer = finding('new_author')

const powers = {
  all: { approves: true, condemns: true },
  approves: { approves: true, condemns: false },
  condemns: { approves: false, condemns: true },
  none: { approves: false, condemns: false },
} satisfies Record<string, Pick<Judgement, 'approves' | 'condemns'>>

/** What the learner finds of a comment. */
const says = (
  band: Band,
  power: Pick<Judgement, 'approves' | 'condemns'> = powers.all,
  trust: Facts['trust'] = 'newcomer',
) => learnt({ ...harmless, trust, learnt: { band, score: 0, terms: [], ...power } }) as Finding

describe('The verdict', () => {
  it.each<[Finding[], Policy, Verdict]>([
    [[], 'postmoderate', 'approve'],
    [[], 'trusted', 'approve'],
    [[], 'premoderate', 'hold'],
    [[newcomer], 'trusted', 'hold'],
    [[newcomer], 'postmoderate', 'approve'],
    [[finding('links', 2.9)], 'postmoderate', 'approve'],
    [[finding('links', 3)], 'postmoderate', 'hold'],
    [[finding('links', 2), finding('shortener', 2)], 'trusted', 'hold'],
    [[finding('links', 8), finding('repeat', 1.9)], 'postmoderate', 'hold'],
    [[finding('links', 8), finding('repeat', 6)], 'postmoderate', 'spam'],
    [[finding('links', 4), finding('near_duplicate', -9)], 'postmoderate', 'hold'],
    [[finding('banned', 5)], 'postmoderate', 'reject'],
    [[finding('banned', 5), finding('links', 6)], 'postmoderate', 'spam'],
    [[finding('honeypot', 10)], 'premoderate', 'spam'],
    [[finding('screening_unavailable')], 'postmoderate', 'hold'],
    [[finding('condition')], 'postmoderate', 'hold'],
    [[finding('audit')], 'postmoderate', 'hold'],
    [[finding('policy')], 'postmoderate', 'hold'],
  ])('of %j under %s is %s', (findings, policy, verdict) => {
    expect(verdictOf(findings, policy)).toBe(verdict)
  })

  it('never publishes on a site where a person looks at everything', () => {
    for (const code of findingCodes)
      expect(verdictOf([finding(code, -99)], 'premoderate')).not.toBe('approve')
    expect(verdictOf([newcomer, says('fine')], 'premoderate')).toBe('hold')
  })

  it('does not depend on the order of the findings', () => {
    const findings = [newcomer, says('fine'), finding('links', 2), finding('banned', 5)]
    for (const policy of policies)
      expect(verdictOf(findings.toReversed(), policy)).toBe(verdictOf(findings, policy))
  })
})

describe('A newcomer’s comment', () => {
  it.each<[Policy, Band, keyof typeof powers, Verdict]>([
    ['trusted', 'fine', 'all', 'approve'],
    ['trusted', 'unsure', 'all', 'hold'],
    ['trusted', 'unlearnt', 'all', 'hold'],
    ['trusted', 'spam', 'all', 'spam'],
    ['trusted', 'fine', 'approves', 'approve'],
    ['trusted', 'spam', 'approves', 'hold'],
    ['trusted', 'fine', 'condemns', 'hold'],
    ['trusted', 'spam', 'condemns', 'spam'],
    ['trusted', 'fine', 'none', 'hold'],
    ['trusted', 'spam', 'none', 'hold'],
    ['postmoderate', 'fine', 'all', 'approve'],
    ['postmoderate', 'unsure', 'all', 'hold'],
    ['postmoderate', 'unlearnt', 'all', 'hold'],
    ['postmoderate', 'spam', 'all', 'spam'],
    ['postmoderate', 'spam', 'approves', 'hold'],
    ['postmoderate', 'unsure', 'condemns', 'approve'],
    ['postmoderate', 'unlearnt', 'none', 'approve'],
    ['postmoderate', 'spam', 'none', 'approve'],
    ['premoderate', 'fine', 'none', 'hold'],
    ['premoderate', 'spam', 'none', 'hold'],
    ['premoderate', 'fine', 'all', 'hold'],
  ])(
    'under %s, found %s by a learner that may do %s, gets the verdict %s',
    (policy, band, power, verdict) => {
      expect(verdictOf([says(band, powers[power]), newcomer], policy)).toBe(verdict)
    },
  )

  it.each<[Finding, Verdict]>([
    [finding('links', 3), 'hold'],
    [finding('condition'), 'hold'],
    [finding('screening_unavailable'), 'hold'],
    [finding('audit'), 'hold'],
    [finding('banned', 5), 'reject'],
    [finding('honeypot', 10), 'spam'],
  ])('that the learner finds fine gains nothing by that against %j: %s', (other, verdict) => {
    for (const policy of ['trusted', 'postmoderate'] as const)
      expect(verdictOf([says('fine'), newcomer, other], policy)).toBe(verdict)
  })
})

describe('A trusted author’s comment', () => {
  it.each<[Band, Verdict]>([
    ['fine', 'approve'],
    ['unsure', 'approve'],
    ['unlearnt', 'approve'],
    ['spam', 'hold'],
  ])('that a learner finds %s gets the verdict %s', (band, verdict) => {
    for (const policy of ['trusted', 'postmoderate'] as const)
      expect(verdictOf([says(band, powers.all, 'trusted')], policy)).toBe(verdict)
  })
})

describe('More evidence of spam', () => {
  const weights = [0, 2, 3, 10]
  const pool = findingCodes
    .filter((code) => code !== 'learner')
    .flatMap((code) => weights.map((weight) => finding(code, weight)))
  const bands: Band[] = ['fine', 'unsure', 'spam']
  const learners = Object.values(powers).flatMap((power) =>
    [...bands, 'unlearnt' as const].map((band) => says(band, power)),
  )

  /** Findings with none, one or two of the pool, with and without the learner's. */
  function* situations(): Generator<Finding[]> {
    for (const heard of [[], ...learners.map((one) => [one])]) {
      yield heard
      for (const one of pool) yield [...heard, one]
    }
    for (const one of pool) for (const other of pool) yield [one, other]
  }

  it('never makes the verdict laxer, whatever is known already', () => {
    const laxer: unknown[] = []
    for (const policy of policies)
      for (const before of situations()) {
        const strict = strictness(before, policy)
        for (const more of pool)
          if (strictness([...before, more], policy) < strict) laxer.push([policy, before, more])
      }
    expect(laxer).toEqual([])
  })

  it('never makes it laxer in whatever number and order it comes', () => {
    let seed = 7
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed / 2_147_483_648
    }
    for (let round = 0; round < 2000; round++) {
      const policy = policies[Math.floor(random() * policies.length)] ?? 'trusted'
      const findings = random() < 0.5 ? [] : [learners[Math.floor(random() * learners.length)] as Finding]
      let before = strictness(findings, policy)
      for (let step = 0; step < 6; step++) {
        const { code } = pool[Math.floor(random() * pool.length)] as Finding
        findings.push(finding(code, random() * 8 - 1))
        const after = strictness(findings, policy)
        expect(after).toBeGreaterThanOrEqual(before)
        before = after
      }
    }
  })

  it('from the learner never makes the verdict laxer, whatever else is found', () => {
    const laxer: unknown[] = []
    const trusts = ['newcomer', 'known', 'trusted'] as const
    for (const policy of policies)
      for (const power of Object.values(powers))
        for (const trust of trusts)
          for (const others of [[], ...pool.map((one) => [one])]) {
            const author = trust === 'trusted' ? [] : [newcomer]
            const order = bands.map((band) =>
              strictness([...others, ...author, says(band, power, trust)], policy),
            )
            if (order.some((strict, at) => strict < (order[at - 1] ?? 0)))
              laxer.push([policy, power, trust, others])
            const unlearnt = strictness([...others, ...author, says('unlearnt', power, trust)], policy)
            if (unlearnt < (order[0] ?? 0)) laxer.push([policy, power, trust, others, 'unlearnt'])
          }
    expect(laxer).toEqual([])
  })
})

describe('The learner’s finding', () => {
  it('is none where there is no learner', () => {
    expect(learnt(harmless)).toBeNull()
  })

  it.each<[Band, keyof typeof powers, Facts['trust'], number]>([
    ['spam', 'all', 'newcomer', 10],
    ['spam', 'condemns', 'known', 10],
    ['spam', 'all', 'trusted', 5],
    ['spam', 'approves', 'newcomer', 0],
    ['spam', 'none', 'trusted', 0],
    ['unsure', 'all', 'newcomer', 0],
    ['unlearnt', 'all', 'newcomer', 0],
    ['fine', 'all', 'newcomer', -1],
    ['fine', 'condemns', 'newcomer', 0],
    ['fine', 'none', 'newcomer', 0],
  ])('of %s where it may do %s weighs for a %s author %d', (band, power, trust, weight) => {
    expect(says(band, powers[power], trust).weight).toBe(weight)
  })

  it('tells the band, the score, what it may do and its terms', () => {
    const judgement: Judgement = {
      band: 'spam',
      score: 1.2345,
      terms: ['casino', '副業'],
      ...powers.condemns,
    }
    expect(learnt({ ...harmless, learnt: judgement })).toMatchObject({
      code: 'learner',
      params: { band: 'spam', score: 1.23, approves: false, condemns: true, terms: ['casino', '副業'] },
    })
  })
})

describe('A verdict is automatic', () => {
  it.each<[string, Finding[], Policy, boolean]>([
    ['the learner vouched for a newcomer', [says('fine'), newcomer], 'trusted', true],
    ['it did where newcomers need not wait', [says('fine'), newcomer], 'postmoderate', true],
    ['it called a comment spam', [says('spam'), newcomer], 'trusted', true],
    ['rules called a comment spam', [finding('honeypot', 10)], 'premoderate', true],
    [
      'rules called spam what the learner could not',
      [finding('honeypot', 10), says('fine', powers.none)],
      'trusted',
      true,
    ],
  ])('where %s', (_, findings, policy) => {
    expect(isAutomatic(findings, verdictOf(findings, policy))).toBe(true)
  })

  it.each<[string, Finding[], Policy]>([
    ['the author is trusted', [says('fine', powers.all, 'trusted')], 'trusted'],
    ['nothing was found', [], 'postmoderate'],
    ['the learner may not publish', [says('fine', powers.condemns), newcomer], 'postmoderate'],
    ['there is no learner yet', [newcomer], 'postmoderate'],
    ['it is held', [says('unsure'), newcomer], 'trusted'],
    ['it is held for a condition', [says('fine'), newcomer, finding('condition')], 'trusted'],
    ['the author is banned', [says('fine'), newcomer, finding('banned', 5)], 'trusted'],
  ])('not where %s', (_, findings, policy) => {
    expect(isAutomatic(findings, verdictOf(findings, policy))).toBe(false)
  })
})
