import { parseArgs } from 'node:util'
import { Refusal } from '../terminal.ts'
import type { Loop } from './closedLoop.ts'
import { bothClasses, bytesOf, type Column, type Row, readCorpus, readTexts } from './corpus.ts'
import { readImported } from './imported.ts'
import { type Order, orders } from './person.ts'
import {
  curve,
  decisionsOf,
  imported,
  leaveOneGroupOut,
  type Protocol,
  protocols,
  type Trial,
  timeOrder,
} from './protocols.ts'
import { type Sample, sampleOf, type Text, textOf } from './sample.ts'
import { shareOf } from './stream.ts'

const options = {
  corpus: { type: 'string' },
  protocol: { type: 'string' },
  train: { type: 'string' },
  test: { type: 'string' },
  decisions: { type: 'string' },
  seed: { type: 'string', default: '1' },
  others: { type: 'string', multiple: true },
  evasion: { type: 'boolean', default: false },
  order: { type: 'string' },
  mistakes: { type: 'string' },
  'spam-share': { type: 'string' },
  foreign: { type: 'string' },
  runs: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

type Values = ReturnType<typeof parse>

/** The command line; without arguments, this process's own. */
export const parse = (args?: string[]) => parseArgs({ args, options }).values

const needed: Record<Protocol, Column[]> = {
  'leave-one-group-out': ['group'],
  curve: [],
  'time-order': ['date'],
  import: ['date'],
  'closed-loop': [],
}

/** What is asked for, read and checked: which texts are learnt and tested, and what else is tried on them. */
export interface Plan {
  seed: number
  others: Record<string, Text[]>
  protocol: Protocol | 'fixed'
  samples: Sample[]
  trials: Trial[]
  /** What a site lives through, where that is the protocol. */
  loop?: Loop
}

/**
 * Reads the files and plans the trials.
 *
 * @throws Refusal when the command line or a file is not as it must be
 */
export async function planOf(values: Values): Promise<Plan> {
  const seed = Number(values.seed)
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new Refusal(`--seed takes a whole number, not "${values.seed}".`)
  const others = await othersOf(values.others ?? [])
  return { seed, others, ...(await trialsOf(values, seed)) }
}

async function trialsOf(values: Values, seed: number): Promise<Omit<Plan, 'seed' | 'others'>> {
  const { corpus, protocol, train, test, decisions } = values
  if (train !== undefined || test !== undefined) {
    if (corpus !== undefined || protocol !== undefined || decisions !== undefined)
      throw new Refusal('--train and --test go without --corpus, --protocol and --decisions.')
    if (train === undefined || test === undefined) throw new Refusal('--train and --test go together.')
    const split = { train: await samplesOf(train), test: await samplesOf(test) }
    return {
      protocol: 'fixed',
      samples: [...split.train, ...split.test],
      trials: [{ name: `${split.train.length} decisions`, splits: [split] }],
    }
  }
  if (corpus === undefined) throw new Refusal('Which corpus? --corpus FILE, or --train and --test.')
  const loop = await loopOf(values)
  if (loop) {
    const samples = await (loop.foreign ? fineOf(corpus) : samplesOf(corpus))
    return { protocol: 'closed-loop', samples, trials: [], loop: { ...loop, seed } }
  }
  const brought = await readImported(corpus)
  const chosen = protocol ?? (brought ? 'import' : undefined)
  if (!isProtocol(chosen)) throw new Refusal(`--protocol takes ${protocols.join(', ')}.`)
  if (decisions !== undefined && (chosen === 'leave-one-group-out' || chosen === 'import'))
    throw new Refusal('--decisions goes with curve and time-order.')
  const samples = brought ? samplesFrom(brought, corpus) : await samplesOf(corpus, needed[chosen])
  return { protocol: chosen, samples, trials: trialsBy(chosen, samples, decisions, seed) }
}

/** What the options say of a site that is to be lived through; null where the protocol is another. */
async function loopOf(values: Values): Promise<Omit<Loop, 'seed'> | null> {
  const { order = 'arrival', mistakes, 'spam-share': spamShare, foreign, runs, decisions } = values
  if (values.protocol !== 'closed-loop') {
    const stray = ['order', 'mistakes', 'spam-share', 'foreign', 'runs'].find((name) => name in values)
    if (stray) throw new Refusal(`--${stray} goes with --protocol closed-loop.`)
    return null
  }
  if (!orders.includes(order as Order)) throw new Refusal(`--order takes ${orders.join(', ')}.`)
  return {
    habits: { order: order as Order, mistakes: shareOf(mistakes, 'mistakes', { least: 0 }) ?? 0 },
    spamShare: shareOf(spamShare, 'spam-share', { least: 0.001 }),
    foreign: foreign === undefined ? undefined : { file: foreign, samples: await samplesOf(foreign) },
    runs: runs === undefined ? 1 : wholeOf(runs, '--runs takes a whole number from 1 on'),
    marks: decisions === undefined ? [] : decisions.split(',').map((one) => wholeOf(one, decisionsWanted)),
  }
}

const decisionsWanted = '--decisions takes numbers such as 10,50,100'

function wholeOf(text: string, wanted: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 1) throw new Refusal(`${wanted}, not "${text}".`)
  return number
}

/** What is no spam in a corpus, or all of a file of texts. */
async function fineOf(file: string): Promise<Sample[]> {
  if (!file.endsWith('.json')) return (await samplesOf(file)).filter(({ label }) => label === 'fine')
  const bodies = readTexts(new TextDecoder().decode(await bytesOf(file)), file)
  return bodies.map((body, number) => sampleOf({ group: '', label: 'fine', date: '', body, number }))
}

function trialsBy(
  protocol: Protocol,
  samples: Sample[],
  decisions: string | undefined,
  seed: number,
): Trial[] {
  if (protocol === 'leave-one-group-out') return leaveOneGroupOut(samples, seed)
  if (protocol === 'import') return imported(samples)
  const counts = decisionsOf(decisions, samples.length)
  return protocol === 'curve' ? curve(samples, counts, seed) : timeOrder(samples, counts)
}

const isProtocol = (name: string | undefined): name is Protocol => protocols.includes(name as Protocol)

const samplesFrom = (rows: Row[], file: string) => bothClasses(rows, file).map(sampleOf)

const samplesOf = async (file: string, columns: Column[] = []): Promise<Sample[]> =>
  samplesFrom((await readImported(file)) ?? readCorpus(await bytesOf(file), file, columns), file)

async function othersOf(files: string[]): Promise<Record<string, Text[]>> {
  const read = async (file: string) =>
    readTexts(new TextDecoder().decode(await bytesOf(file)), file).map(textOf)
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file, await read(file)])))
}
