import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Verdict } from '../../../../worker/contract/findings.ts'
import { type Order, orders } from '../../../../worker/host/evaluate/person.ts'
import { type Sample, sampleOf } from '../../../../worker/host/evaluate/sample.ts'
import { simulated } from '../../../../worker/host/evaluate/simulatedSite.ts'
import { root } from '../../../../worker/host/paths.ts'
import type { Label } from '../../../../worker/moderation/learner/lessons.ts'

/** Comments of the demo, as a moderator would decide them. */
async function read(path: string): Promise<Sample[]> {
  const said: { body: string | string[]; spam?: true }[] = JSON.parse(
    await readFile(join(root, path), 'utf8'),
  )
  return said.map(({ body, spam }, number) =>
    sampleOf({
      ...{ group: '', date: '', number, label: spam ? 'spam' : 'fine' },
      body: [body].flat().join('\n\n'),
    }),
  )
}

test.each<[Order, number, { held: number }]>([
  ...orders.map((order): [Order, number, { held: number }] => [order, 0, { held: 6 }]),
  ['arrival', 0.02, { held: 24 }],
  ['hardest', 0.02, { held: 24 }],
])(
  'The 200 comments of the demo, decided by %s with mistakes at a rate of %d, teach what comes next',
  async (order, mistakes, most) => {
    const waiting = await read('widget/demo/comments/waiting.json')
    const next = await read('test/e2e/arrivals.json')
    const { arrivals } = simulated(next, { order, mistakes }, 1, { waiting })
    const [decided, later] = [arrivals.slice(0, waiting.length), arrivals.slice(waiting.length)]
    // What is held for a check alone counts as what screening would have made of it.
    const count = (verdict: Verdict, label?: Label) =>
      later.filter(
        ({ assessment, audited, sample }) =>
          (audited ?? assessment.verdict) === verdict && sample.label === (label ?? sample.label),
      ).length
    expect([decided.length, later.length]).toEqual([200, 60])
    expect(decided.every(({ decision }) => decision)).toBe(true)
    // What is checked though screening was sure is no more than a fifth.
    const checked = later.filter(({ audited }) => audited !== null).length
    expect(count('hold') - checked).toBeLessThanOrEqual(most.held)
    expect(checked).toBeLessThanOrEqual(20)
    expect(count('spam', 'fine')).toBeLessThanOrEqual(1)
    expect(count('approve', 'spam')).toBeLessThanOrEqual(1)
  },
)
