import { describe, expect, test } from 'vitest'
import {
  curve,
  decisionsOf,
  leaveOneGroupOut,
  timeOrder,
} from '../../../../worker/host/evaluate/protocols.ts'
import { clustersOf, taughtInOrder } from '../../../../worker/host/evaluate/pupil.ts'
import { sampleOf, textOf } from '../../../../worker/host/evaluate/sample.ts'
import { screening } from '../../../../worker/host/evaluate/triage.ts'
import { tried } from '../../../../worker/host/evaluate/trial.ts'
import { tricks } from '../../../../worker/host/evaluate/tricks.ts'
import { sequence } from '../../../../worker/moderation/learner/regression.ts'
import { fold } from '../../../../worker/moderation/text/normalize.ts'
import { rows } from './samples.ts'

const samples = rows().map(sampleOf)
const named = (some: { number: number }[]) => some.map(({ number }) => number)

describe('Protocols', () => {
  test('leave each group out once, and test nothing that was learnt', () => {
    const trials = leaveOneGroupOut(samples, 1)
    expect(trials.map(({ name }) => name)).toEqual(['north', 'south'])
    for (const { name, splits } of trials)
      for (const { train, test } of splits) {
        expect(new Set(test.map(({ group }) => group))).toEqual(new Set([name]))
        expect(named([...train, ...test]).toSorted((a, b) => a - b)).toEqual(named(samples))
      }
    expect(() => leaveOneGroupOut(samples.slice(0, 1), 1)).toThrow('at least two groups')
  })

  test('leave out a thousand groups at most, named by what can be printed', () => {
    const grouped = (count: number) =>
      Array.from({ length: count }, (_, at) => ({
        ...(samples[at % samples.length] as (typeof samples)[number]),
        group: `\u001b[31m${at}\n`,
      }))
    expect(leaveOneGroupOut(grouped(1000), 1).at(-1)?.name).toBe('[31m999')
    expect(() => leaveOneGroupOut(grouped(1001), 1)).toThrow(
      'Leaving one group out takes 1,000 groups at most, and here are 1001.',
    )
  })

  test('take the same orders for the same seed, and others for another', () => {
    const order = (seed: number) => curve(samples, [10], seed)[0]?.splits.map(({ train }) => named(train))
    expect(order(1)).toEqual(order(1))
    expect(order(1)).not.toEqual(order(2))
    expect(new Set(order(1)?.map(String)).size).toBe(50)
  })

  test('test nothing that says the same as what was learnt', () => {
    const twins = [...samples, ...samples].map((sample, at) => ({ ...sample, number: at }))
    for (const { train, test } of curve(twins, [30], 1)[0]?.splits ?? []) {
      const known = new Set(train.map(({ folded }) => folded))
      expect(train).toHaveLength(30)
      expect(test.some(({ folded }) => known.has(folded))).toBe(false)
      expect(test).toHaveLength(twins.filter(({ folded }) => !known.has(folded)).length)
    }
  })

  test('learn the first by date, whatever their order in the file, and test what follows', () => {
    const [trial] = timeOrder(samples.toReversed(), [50])
    expect(named(trial?.splits[0]?.train ?? [])).toEqual(named(samples.slice(0, 50)))
    expect(named(trial?.splits[0]?.test ?? [])).toEqual(named(samples.slice(50)))
  })

  test('say which date cannot be read', () => {
    const wrong = samples.map((sample) => (sample.number === 9 ? { ...sample, date: 'yesterday' } : sample))
    expect(() => timeOrder(wrong, [10])).toThrow('Row 9: "yesterday" is no date.')
  })

  test('learn from as many as asked, or as there is room for', () => {
    expect(decisionsOf('50,10,50', 60)).toEqual([10, 50])
    expect(decisionsOf(undefined, 120)).toEqual([10, 50])
    expect(() => decisionsOf('10,500', 120)).toThrow(
      '120 rows are too few to learn from 500 and test on others.',
    )
    expect(() => decisionsOf(undefined, 12)).toThrow('12 rows are too few')
    for (const asked of ['', '0', '1.5', 'ten', '10;20'])
      expect(() => decisionsOf(asked, 120)).toThrow(
        `--decisions takes numbers such as 10,50,100, not "${asked}".`,
      )
  })
})

describe('A trial', () => {
  const besides = { others: {}, evasion: false, seed: 1 }

  test('is the same each time', () => {
    const [trial] = leaveOneGroupOut(samples, 1)
    const again = { ...besides, evasion: true }
    expect(tried(trial as NonNullable<typeof trial>, again)).toEqual(
      tried(trial as NonNullable<typeof trial>, again),
    )
  })

  test('leaves all to a person before a hundred decisions, and tells spam from ham already', () => {
    const [trial] = timeOrder(samples, [80])
    const { figures } = tried(trial as NonNullable<typeof trial>, besides)
    expect(figures.held).toEqual({ mean: 1, spread: 0 })
    expect(figures.auc?.mean).toBeGreaterThan(0.9)
  })

  test('counts what is automatic, and nothing of what is written in letters never seen', () => {
    const others = { japanese: ['今日は海がとても静かでした。', '在宅で月三十万円稼げます'].map(textOf) }
    const [trial] = timeOrder(samples, [110])
    const result = tried(trial as NonNullable<typeof trial>, { ...besides, others })
    const { automaticSpam, automaticApproval, held } = result.figures
    expect(automaticSpam?.mean).toBeGreaterThan(0)
    expect((automaticSpam?.mean ?? 0) + (automaticApproval?.mean ?? 0) + (held?.mean ?? 0)).toBeCloseTo(1)
    expect(result.others?.japanese).toEqual({
      published: { mean: 0, spread: 0 },
      spam: { mean: 0, spread: 0 },
      held: { mean: 1, spread: 0 },
    })
  })
})

describe('Screening in a trial', () => {
  const screen = screening(taughtInOrder(samples))
  const ham =
    'My grandmother never fished with a net like that, and the ending of the second chart surprised me.'

  test('tells what rules add to what the learner says', () => {
    const links = ' https://a.example https://b.example https://c.example'
    expect(screen(textOf(ham))).toMatchObject({ band: 'fine', verdict: 'approve', alone: 'approve' })
    expect(screen(textOf(`${ham}${links}`)).verdict).toBe('hold')
    const learner = { ...textOf(ham), links: links.trim().split(' ') }
    expect(screen(learner)).toMatchObject({ verdict: 'hold', alone: 'approve' })
  })
})

test('Texts nearly alike are one cluster, as are equal ones too short for a likeness', () => {
  const pitch = 'Earn from home with our proven system: no experience needed, and a bonus for all who start'
  const texts = [
    pitch,
    'Nice!',
    `${pitch} today https://a.example`,
    'Other words altogether, about the sea',
    'NICE!',
  ]
  const made = texts.map((body, at) => sampleOf({ group: '', label: 'spam', date: '', body, number: at }))
  expect(clustersOf(made)).toEqual([0, 1, 0, 3, 1])
})

describe('Tricks', () => {
  const text = 'Check out my channel and subscribe today'
  const good = ['The tide was low.', 'A calm harbour']
  const played = (name: string) => tricks[name]?.(text, good, sequence(1)) ?? ''

  test.each(Object.keys(tricks).filter((name) => name !== 'plain'))('%s changes the text', (name) => {
    expect(played(name)).not.toBe(text)
    expect(played(name)).toBe(played(name))
  })

  test.each(['combining marks', 'spaced letters', 'invisible characters'])('%s is folded away', (name) => {
    expect(fold(played(name))).toBe(fold(text))
  })

  test.each(['padding with good words', 'padding with good sentences'])(
    '%s keeps the pitch whole',
    (name) => {
      expect(played(name)).toContain(text)
      expect(played(name).length).toBeGreaterThan(2 * text.length)
    },
  )
})
