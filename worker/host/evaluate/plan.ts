import { Refusal } from '../terminal.ts'
import type { Abuse } from './abuse.ts'
import type { Loop } from './closedLoop.ts'
import { bothClasses, bytesOf, type Column, type Row, readCorpus, readTexts } from './corpus.ts'
import { readImported } from './imported.ts'
import {
  goTogether,
  habitsOf,
  numbersOf,
  type Protocol,
  promiseOf,
  protocols,
  runsOf,
  shareOf,
  type Values,
} from './options.ts'
import { curve, decisionsOf, imported, leaveOneGroupOut, type Trial, timeOrder } from './protocols.ts'
import { type Sample, sampleOf, type Text, textOf } from './sample.ts'
import type { Mixture } from './stream.ts'
import type { SpamPromise } from './triage.ts'

const needed: Record<Protocol, Column[]> = {
  'leave-one-group-out': ['group'],
  curve: [],
  'time-order': ['date'],
  import: ['date'],
  'closed-loop': [],
  'new-page': ['group'],
  abuse: [],
}

/** What is asked for, read and checked: which texts are learnt and tested, and what else is tried on them. */
export interface Plan {
  seed: number
  publishedSpam: SpamPromise
  others: Record<string, Text[]>
  protocol: Protocol | 'fixed'
  samples: Sample[]
  trials: Trial[]
  /** What a site lives through, where that is the protocol. */
  loop?: Loop
  /** What people refuse for other reasons, where that is the protocol. */
  abuse?: Abuse
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
  return { seed, publishedSpam: promiseOf(values), others, ...(await trialsOf(values, seed)) }
}

async function trialsOf(
  values: Values,
  seed: number,
): Promise<Omit<Plan, 'seed' | 'publishedSpam' | 'others'>> {
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
  const brought = values.foreign === undefined ? await readImported(corpus) : null
  const chosen = protocol ?? (brought ? 'import' : undefined)
  if (!isProtocol(chosen)) throw new Refusal(`--protocol takes ${protocols.join(', ')}.`)
  goTogether(values, chosen)
  const columns = [...needed[chosen], ...(values.arrival === 'date' ? (['date'] as const) : [])]
  const own = brought
    ? samplesFrom(brought, corpus)
    : await (values.foreign === undefined ? samplesOf(corpus, columns) : fineOf(corpus))
  const samples = [...own, ...(values.ham === undefined ? [] : await fineOf(values.ham))]
  return { protocol: chosen, samples, ...(await partsOf(chosen, samples, values, seed)) }
}

async function partsOf(
  protocol: Protocol,
  samples: Sample[],
  values: Values,
  seed: number,
): Promise<Pick<Plan, 'trials' | 'loop' | 'abuse'>> {
  const mixture = await mixtureOf(values)
  const runs = runsOf(values)
  if (protocol === 'closed-loop' || protocol === 'new-page') {
    const marks = values.decisions === undefined ? [] : numbersOf(values.decisions)
    return { trials: [], loop: { ...habitsOf(values), mixture, runs: runs ?? 1, marks, seed } }
  }
  if (protocol === 'abuse') {
    if (values.abuse === undefined) throw new Refusal('What is refused? --abuse FILE.')
    const own = await samplesOf(values.abuse)
    return { trials: [], abuse: { samples: own, refusals: 150, runs: runs ?? 1, seed } }
  }
  if (protocol === 'leave-one-group-out') return { trials: leaveOneGroupOut(samples, seed) }
  if (protocol === 'import') return { trials: imported(samples) }
  const counts = decisionsOf(values.decisions, samples.length)
  if (protocol === 'time-order') return { trials: timeOrder(samples, counts) }
  return { trials: curve(samples, counts, seed, { mixture, runs }) }
}

async function mixtureOf({ 'spam-share': spamShare, foreign }: Values): Promise<Mixture> {
  return {
    spamShare: shareOf(spamShare, 'spam-share', { least: 0.001 }),
    foreign: foreign === undefined ? undefined : { file: foreign, samples: await samplesOf(foreign) },
  }
}

/** What is no spam in a corpus, or all of a file of texts. */
async function fineOf(file: string): Promise<Sample[]> {
  if (!file.endsWith('.json')) return (await samplesOf(file)).filter(({ label }) => label === 'fine')
  const bodies = readTexts(new TextDecoder().decode(await bytesOf(file)), file)
  return bodies.map((body, number) => sampleOf({ group: '', label: 'fine', date: '', body, number }))
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
