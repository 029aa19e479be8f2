import { parseArgs } from 'node:util'
import { Refusal } from '../terminal.ts'
import { bothClasses, bytesOf, type Column, readCorpus, readTexts } from './corpus.ts'
import {
  curve,
  decisionsOf,
  leaveOneGroupOut,
  type Protocol,
  protocols,
  type Trial,
  timeOrder,
} from './protocols.ts'
import { type Sample, sampleOf, type Text, textOf } from './sample.ts'

const options = {
  corpus: { type: 'string' },
  protocol: { type: 'string' },
  train: { type: 'string' },
  test: { type: 'string' },
  decisions: { type: 'string' },
  seed: { type: 'string', default: '1' },
  others: { type: 'string', multiple: true },
  evasion: { type: 'boolean', default: false },
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
}

/** What is asked for, read and checked: which texts are learnt and tested, and what else is tried on them. */
export interface Plan {
  seed: number
  others: Record<string, Text[]>
  protocol: Protocol | 'fixed'
  samples: Sample[]
  trials: Trial[]
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
  if (corpus === undefined) throw new Refusal('Which corpus? --corpus FILE.csv, or --train and --test.')
  if (!isProtocol(protocol)) throw new Refusal(`--protocol takes ${protocols.join(', ')}.`)
  if (protocol === 'leave-one-group-out') {
    if (decisions !== undefined) throw new Refusal('--decisions goes with curve and time-order.')
    const samples = await samplesOf(corpus, needed[protocol])
    return { protocol, samples, trials: leaveOneGroupOut(samples, seed) }
  }
  const samples = await samplesOf(corpus, needed[protocol])
  const counts = decisionsOf(decisions, samples.length)
  const trials = protocol === 'curve' ? curve(samples, counts, seed) : timeOrder(samples, counts)
  return { protocol, samples, trials }
}

const isProtocol = (name: string | undefined): name is Protocol => protocols.includes(name as Protocol)

const samplesOf = async (file: string, columns: Column[] = []): Promise<Sample[]> =>
  bothClasses(readCorpus(await bytesOf(file), file, columns), file).map(sampleOf)

async function othersOf(files: string[]): Promise<Record<string, Text[]>> {
  const read = async (file: string) =>
    readTexts(new TextDecoder().decode(await bytesOf(file)), file).map(textOf)
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file, await read(file)])))
}
