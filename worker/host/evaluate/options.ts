import { parseArgs } from 'node:util'
import { siteSettings } from '../../contract/siteSettings.ts'
import { Refusal } from '../terminal.ts'
import { type Habits, type Order, orders } from './person.ts'
import type { SpamPromise } from './triage.ts'

export const protocols = [
  'leave-one-group-out',
  'curve',
  'time-order',
  'import',
  'closed-loop',
  'new-page',
  'abuse',
] as const
export type Protocol = (typeof protocols)[number]

const options = {
  corpus: { type: 'string' },
  ham: { type: 'string' },
  protocol: { type: 'string' },
  train: { type: 'string' },
  test: { type: 'string' },
  decisions: { type: 'string' },
  seed: { type: 'string', default: '1' },
  others: { type: 'string', multiple: true },
  evasion: { type: 'boolean', default: false },
  arrival: { type: 'string' },
  order: { type: 'string' },
  mistakes: { type: 'string' },
  'spam-share': { type: 'string' },
  'published-spam': { type: 'string' },
  foreign: { type: 'string' },
  abuse: { type: 'string' },
  runs: { type: 'string' },
  table: { type: 'boolean', default: false },
  corpora: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

export type Values = ReturnType<typeof parse>

/** The command line; without arguments, this process's own. */
export const parse = (args?: string[]) => parseArgs({ args, options }).values

/** The folder of what `--table` tries. */
export function corporaOf({ corpora }: Values): string {
  if (corpora === undefined) throw new Refusal('Where are the corpora? --corpora FOLDER.')
  return corpora
}

/** Protocols that an option goes with, where that is not all. */
const goesWith: Partial<Record<keyof typeof options, Protocol[]>> = {
  decisions: ['curve', 'time-order', 'closed-loop'],
  ham: ['curve', 'closed-loop'],
  'spam-share': ['curve', 'closed-loop'],
  'published-spam': ['curve', 'leave-one-group-out', 'time-order', 'import'],
  foreign: ['curve', 'closed-loop'],
  abuse: ['abuse'],
  runs: ['curve', 'closed-loop', 'new-page', 'abuse'],
  arrival: ['closed-loop'],
  order: ['closed-loop', 'new-page'],
  mistakes: ['closed-loop', 'new-page'],
}

/** @throws Refusal where an option means nothing to a protocol */
export function goTogether(values: Values, protocol: Protocol): void {
  for (const [name, some] of Object.entries(goesWith))
    if (name in values && !some.includes(protocol))
      throw new Refusal(
        `--${name} goes with ${[some.slice(0, -1).join(', '), some.at(-1)].filter(Boolean).join(' and ')}.`,
      )
}

/** What the site promises of spam that is published. */
export function promiseOf({ 'published-spam': promise = 'share' }: Values): SpamPromise {
  const { options } = siteSettings.publishedSpam
  const known = options.find((option) => option === promise)
  if (!known) throw new Refusal(`--published-spam takes ${options.join(', ')}.`)
  return known
}

/** How comments come to a simulated site, and how they are decided there. */
export function habitsOf({ order = 'arrival', mistakes, arrival = 'random' }: Values): {
  habits: Habits
  byDate: boolean
} {
  if (!orders.includes(order as Order)) throw new Refusal(`--order takes ${orders.join(', ')}.`)
  if (!['random', 'date'].includes(arrival)) throw new Refusal('--arrival takes random, date.')
  return {
    habits: { order: order as Order, mistakes: shareOf(mistakes, 'mistakes', { least: 0 }) ?? 0 },
    byDate: arrival === 'date',
  }
}

/** A share on the command line, of which `least` is the least. */
export function shareOf(text: string | undefined, name: string, { least }: { least: number }) {
  if (text === undefined) return undefined
  const share = Number(text)
  if (text.trim() === '' || !(share >= least && share < 1))
    throw new Refusal(`--${name} takes a share such as 0.05, not "${text}".`)
  return share
}

export function runsOf({ runs }: Values): number | undefined {
  if (runs !== undefined && !isCount(Number(runs)))
    throw new Refusal(`--runs takes a whole number from 1 on, not "${runs}".`)
  return runs === undefined ? undefined : Number(runs)
}

/** The numbers of decisions that are asked for, from the fewest on. */
export function numbersOf(asked: string): number[] {
  const numbers = asked.split(',').map(Number)
  if (!numbers.every(isCount))
    throw new Refusal(`--decisions takes numbers such as 10,50,100, not "${asked}".`)
  return [...new Set(numbers)].sort((one, other) => one - other)
}

const isCount = (number: number) => Number.isSafeInteger(number) && number >= 1
