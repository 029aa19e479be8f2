import { expect, test } from 'vitest'
import { pageText } from '../../../widget/docs/build/pages.ts'
import { languages } from '../../../widget/docs/pages.ts'
import { type ActCost, costs } from '../../costs.ts'

/** Cloudflare's published limits a day and prices a month in dollars, of November 2026. */
const free = { requests: 100_000, rowsRead: 5_000_000, rowsWritten: 100_000, operations: 10_000 }
const paid = {
  requests: { included: 10e6, million: 0.3 },
  rowsRead: { included: 25e9, million: 0.001 },
  rowsWritten: { included: 50e6, million: 1 },
  operations: { included: 1e6, million: 0.4 },
}
const subscription = 5

/** A message is written, read and removed. */
const operationsOfMessage = 3

/** The script, the thread and two looks for what is new; words and later parts pass the worker. */
const requestsOfView = 4

/** What the documentation assumes: views a day, and the share of requests that no cache answers. */
const days = [
  { views: 100, missing: 0.6 },
  { views: 10_000, missing: 0.2 },
  { views: 1_000_000, missing: 0.05 },
]

type Usage = Record<keyof typeof free, number>

function usageOf({ views, missing }: { views: number; missing: number }): Usage {
  const comments = views / 100
  const times: [ActCost, number][] = [
    [costs.page, views * missing],
    [costs.poll, 2 * views * missing],
    [costs.post, comments],
    [costs.decision, comments],
    [costs.learning, comments],
    [costs.cron, 1440],
  ]
  const sum = (of: keyof ActCost) => times.reduce((total, [cost, count]) => total + cost[of] * count, 0)
  return {
    requests: requestsOfView * views + 3 * comments,
    rowsRead: sum('rowsRead'),
    rowsWritten: sum('rowsWritten'),
    operations: operationsOfMessage * sum('messages'),
  }
}

const kinds = Object.keys(free) as (keyof Usage)[]

/** Two digits, which is as exact as the assumptions are. */
const figure = (value: number) => Number(value.toPrecision(2)).toLocaleString('en')

const shareOfFree = (usage: Usage) => kinds.map((kind) => `${figure((100 * usage[kind]) / free[kind])} %`)

const dollars = (usage: Usage) =>
  subscription +
  kinds.reduce(
    (sum, kind) => sum + (Math.max(0, 30 * usage[kind] - paid[kind].included) / 1e6) * paid[kind].million,
    0,
  )

/** Comments a day that a limit of the free plan allows, each decided by a person. */
const mostComments = (kind: 'rowsWritten' | 'operations') => {
  const [none, thousand] = [0, 100_000].map((views) => usageOf({ views, missing: 0 })[kind]) as [
    number,
    number,
  ]
  return Math.floor((1000 * (free[kind] - none)) / (thousand - none) / 100) * 100
}

test.each(languages)('What is said of costs in %s is what the counts and prices make', (lang) => {
  // The pages keep a number and its unit on one line.
  const text = pageText('hosting', lang).html.replaceAll('\u00a0', ' ')
  for (const day of days) {
    const usage = usageOf(day)
    const row = [day.views.toLocaleString('en'), ...shareOfFree(usage), `$${figure(dollars(usage))}`]
    for (const cell of row) expect.soft(text, row.join(' | ')).toContain(cell)
  }
  expect.soft(text).toContain(`${mostComments('rowsWritten').toLocaleString('en')} `)
  expect(mostComments('rowsWritten')).toBeLessThan(mostComments('operations'))
})
