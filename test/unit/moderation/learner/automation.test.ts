import { describe, expect, it } from 'vitest'
import { policies } from '../../../../worker/contract/policies.ts'
import { defaultSettings } from '../../../../worker/contract/siteSettings.ts'
import type { Status } from '../../../../worker/contract/status.ts'
import {
  checkedShare,
  measured,
  powersOf,
  stateOf,
  stepsBack,
  untried,
} from '../../../../worker/moderation/learner/automation.ts'
import type { Model } from '../../../../worker/moderation/learner/model.ts'
import { inEnglish } from './corpus.ts'
import { lessonsOf, modelOf } from './lessons.ts'

describe('Screening', () => {
  it.each<[checked: number, wrong: number, rate: number, back: boolean]>([
    [0, 0, 0.01, false],
    [1, 0, 0.01, false],
    [1, 1, 0.01, false],
    [3, 1, 0.01, false],
    [3, 2, 0.01, true],
    [10, 1, 0.01, false],
    [50, 1, 0.01, false],
    [35, 2, 0.01, true],
    [36, 2, 0.01, false],
    [100, 3, 0.01, false],
    [100, 4, 0.01, true],
    [200, 2, 0.01, false],
    [200, 5, 0.01, false],
    [200, 6, 0.01, true],
    [200, 200, 0.01, true],
    [10, 1, 0.1, false],
    [10, 3, 0.1, false],
    [10, 4, 0.1, true],
    [200, 20, 0.1, false],
    [200, 30, 0.1, true],
    [3, 1, 0.001, false],
    [400, 1, 0.001, false],
  ])(
    'of whose %i audited verdicts %i were wrong, at a rate of %d, steps back: %s',
    (checked, wrong, rate, back) => {
      expect(stepsBack({ checked, wrong }, rate, false)).toBe(back)
    },
  )

  it.each<[checked: number, wrong: number, rate: number, stays: boolean]>([
    [10, 1, 0.01, false],
    [10, 2, 0.01, true],
    [35, 2, 0.01, true],
    [82, 2, 0.01, true],
    [83, 2, 0.01, false],
    [200, 2, 0.01, false],
    [200, 4, 0.01, true],
    [0, 0, 0.01, false],
  ])(
    'that has stepped back, %i audited and %i wrong at a rate of %d, stays so: %s',
    (checked, wrong, rate, stays) => {
      expect(stepsBack({ checked, wrong }, rate, true)).toBe(stays)
    },
  )

  it('steps back by chance for less than one site in twenty that errs at the chosen rate', () => {
    for (const rate of [0.005, 0.01, 0.05])
      for (const checked of [5, 20, 60, 150, 200]) {
        let by = 0
        let chance = (1 - rate) ** checked
        for (let wrong = 0; wrong <= checked; wrong++) {
          if (stepsBack({ checked, wrong }, rate, false)) by += chance
          chance *= ((checked - wrong) / (wrong + 1)) * (rate / (1 - rate))
        }
        expect(by).toBeLessThan(0.05)
      }
  })

  it('does not go to and fro: whatever makes it step back keeps it so, and more errors never make it go on', () => {
    for (let checked = 1; checked <= 200; checked += 7)
      for (let wrong = 0; wrong < checked; wrong++) {
        const here = (before: boolean) => stepsBack({ checked, wrong }, 0.01, before)
        const worse = (before: boolean) => stepsBack({ checked, wrong: wrong + 1 }, 0.01, before)
        if (here(false)) expect(here(true)).toBe(true)
        for (const before of [true, false]) if (here(before)) expect(worse(before)).toBe(true)
      }
  })
})

describe('What is measured of checked verdicts', () => {
  const checked = (audited: 'approve' | 'spam', status: Status, times: number) =>
    Array.from({ length: times }, () => ({ audited, status }))
  const before = { approve: false, spam: false }

  it('counts as wrong what people decided otherwise, each way', () => {
    const audited = [
      ...checked('approve', 'rejected', 2),
      ...checked('approve', 'approved', 18),
      ...checked('spam', 'approved', 1),
      ...checked('spam', 'rejected', 4),
    ]
    expect(measured(audited, 0.01, before)).toEqual({
      tally: { approve: { checked: 20, wrong: 2 }, spam: { checked: 5, wrong: 1 } },
      steppedBack: { approve: true, spam: false },
    })
  })

  it('looks at the latest 200 of a kind', () => {
    const audited = [...checked('spam', 'spam', 200), ...checked('spam', 'approved', 9)]
    expect(measured(audited, 0.01, before).tally.spam).toEqual({ checked: 200, wrong: 0 })
  })
})

const ready = modelOf(lessonsOf(inEnglish(50)))
const site = (policy: (typeof policies)[number], automaticApproval = true, automaticSpam = true) => ({
  policy,
  settings: { ...defaultSettings, automaticApproval, automaticSpam },
})
const less: [string, Model | null][] = [
  ['no model', null],
  ['99 decisions', modelOf(lessonsOf(inEnglish(50).slice(1)))],
  [
    '14 of one class',
    modelOf(lessonsOf([...inEnglish(14), ...inEnglish(150, 3).filter(({ label }) => label === 'fine')])),
  ],
  [
    'a flood of one author’s as its only spam',
    modelOf(lessonsOf(inEnglish(60).map((one) => (one.label === 'spam' ? { ...one, author: 1000 } : one)))),
  ],
]

describe('The learner', () => {
  it.each(less)('decides nothing with %s, whatever the policy', (_, model) => {
    for (const policy of policies)
      expect(powersOf(site(policy), model)).toEqual({ approves: false, condemns: false })
  })

  it('decides with 100 decisions and 15 of each', () => {
    for (const policy of ['trusted', 'postmoderate'] as const)
      expect(powersOf(site(policy), ready)).toEqual({ approves: true, condemns: true })
  })

  it('never decides where a person looks at everything', () => {
    expect(powersOf(site('premoderate'), ready)).toEqual({ approves: false, condemns: false })
  })

  it.each([
    [true, false],
    [false, true],
    [false, false],
  ])('approves: %s and condemns: %s where the site lets it', (approves, condemns) => {
    expect(powersOf(site('trusted', approves, condemns), ready)).toEqual({ approves, condemns })
  })
})

describe('The state of automation', () => {
  const steppedBack = (approve: boolean, spam: boolean) => ({ ...untried, steppedBack: { approve, spam } })

  it.each<[string, Parameters<typeof stateOf>, string]>([
    ['a person looks at everything', [site('premoderate'), ready, untried], 'premoderate'],
    ['that, and all is off', [site('premoderate', false, false), null, untried], 'premoderate'],
    ['both are off', [site('trusted', false, false), ready, untried], 'off'],
    [
      'both are off and one had stepped back',
      [site('trusted', false, false), ready, steppedBack(true, true)],
      'off',
    ],
    ['there is no model', [site('trusted'), null, untried], 'learning'],
    [
      'it had stepped back, but needs more decisions',
      [site('trusted'), null, steppedBack(true, true)],
      'learning',
    ],
    ['all is well', [site('trusted'), ready, untried], 'on'],
    ['all is well and readers need not wait', [site('postmoderate'), ready, untried], 'on'],
    ['it may only call spam', [site('trusted', false, true), ready, untried], 'on'],
    ['it published too much', [site('trusted'), ready, steppedBack(true, false)], 'stepped_back'],
    ['it called too much spam', [site('postmoderate'), ready, steppedBack(false, true)], 'stepped_back'],
    [
      'what stepped back is off anyhow',
      [site('trusted', false, true), ready, steppedBack(true, false)],
      'on',
    ],
    [
      'what is on stepped back',
      [site('trusted', false, true), ready, steppedBack(false, true)],
      'stepped_back',
    ],
  ])('where %s', (_, asked, state) => {
    expect(stateOf(...asked)).toBe(state)
  })
})

describe('The share of verdicts that a person checks', () => {
  const settings = { auditShare: 0.03, errorRate: 0.01 }
  const share = (checked: number, wrong: number) => checkedShare(settings, { checked, wrong })

  it('begins at a fifth, falls to what was chosen as checks go well, and rises with each error', () => {
    expect(share(0, 0)).toBeCloseTo(0.2)
    expect(share(60, 0)).toBeLessThan(0.1)
    expect(share(170, 0)).toBeLessThan(0.031)
    expect(share(61, 1)).toBeGreaterThan(share(60, 0) * 1.5)
    expect(share(40, 4)).toBeCloseTo(0.2)
  })

  it('is what was chosen where that is nothing, or more than a fifth', () => {
    for (const auditShare of [0, 0.2, 0.5, 1])
      expect(checkedShare({ ...settings, auditShare }, { checked: 0, wrong: 0 })).toBe(auditShare)
  })
})
