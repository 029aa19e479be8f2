import { parseArgs } from 'node:util'
import { bytesOf, readCorpus } from '../../worker/host/evaluate/corpus.ts'
import { clustersOf, taughtInOrder } from '../../worker/host/evaluate/pupil.ts'
import { type Sample, sampleOf, textOf } from '../../worker/host/evaluate/sample.ts'
import { main, note, Refusal } from '../../worker/host/terminal.ts'
import { packLesson } from '../../worker/moderation/learner/lessons.ts'
import { type Model, write } from '../../worker/moderation/learner/model.ts'
import { sequence, shuffle } from '../../worker/moderation/learner/regression.ts'
import { longJapanese, made } from './texts.ts'
import type { Task } from './worker.ts'
import { bundled, Workerd } from './workerd.ts'

const help = `npm run bench:screening [-- --corpus FILE.csv]

Measures in workerd what screening computes of a comment: folding, likeness, learner, rules and verdict. Without a
corpus (see npm run evaluate -- --help) it makes comments of its own.`

const lessons = 500
const comments = 200

/** Milliseconds that one measurement lasts, so that a request's own cost is small beside it; the best of some counts. */
const lasting = 20
const rounds = 3

/** Times a process is started for what only its first comment shows. */
const starts = 5

const quantile = (values: number[], share: number) =>
  values.toSorted((one, other) => one - other)[Math.ceil(share * values.length) - 1] as number

/** Milliseconds that a task takes once, the request around it taken off. */
async function once(workerd: Workerd, empty: number, task: (times: number) => Task): Promise<number> {
  const cost = async (times: number) => Math.max(1e-3, (await workerd.cost(task(times))) - empty)
  const times = Math.ceil(lasting / ((await cost(5)) / 5))
  const costs: number[] = []
  for (let round = 0; round < rounds; round++) costs.push((await cost(times)) / times)
  return Math.min(...costs)
}

async function emptyRequest(workerd: Workerd): Promise<number> {
  const costs: number[] = []
  for (let time = 0; time < 100; time++) costs.push(await workerd.cost({ task: 'nothing' }))
  return quantile(costs, 0.5)
}

/** The same model as if it had learnt Japanese: the dearest case, for only what was learnt is explained. */
const fluent = (model: Model): Model => ({
  ...model,
  scripts: { ...model.scripts, Japanese: { fine: lessons, spam: lessons } },
  knownWords: model.knownWords.map(() => 255),
  knownGrams: model.knownGrams.map(() => 255),
  ofFine: model.ofFine.map(() => 255),
})

async function firstComment(script: string, model: string, body: string): Promise<number> {
  const workerd = await Workerd.start(script)
  try {
    const empty = await emptyRequest(workerd)
    const cost = (await workerd.cost({ task: 'model', model })) - empty
    return cost + (await workerd.cost({ task: 'screen', text: textOf(body), times: 1 })) - empty
  } finally {
    await workerd.dispose()
  }
}

/** Rows of lessons as they are kept. */
function rowsOf(samples: Sample[]): string {
  const clusters = clustersOf(samples)
  return JSON.stringify(
    samples.map(({ label, body }, seq) => ({
      seq,
      label,
      ...packLesson(body),
      author: seq,
      source: null,
      cluster: clusters[seq],
    })),
  )
}

/** Decisions of texts so long that learning from them takes many slices. */
const many = { decisions: 1000, length: 400 }

/** As many texts of that length, made of others of one class. */
function longSamples(samples: Sample[]): Sample[] {
  const random = sequence(2)
  return Array.from({ length: many.decisions }, (_, at) => {
    const label = at % 2 === 0 ? 'fine' : 'spam'
    const own = samples.filter((sample) => sample.label === label)
    let body = ''
    while (body.length < many.length) body += `${own[Math.floor(random() * own.length)]?.body} `
    return sampleOf({ label, body: body.slice(0, many.length) } as Parameters<typeof sampleOf>[0])
  })
}

/** What each slice costs, in a process that has just started. */
async function slices(script: string, rows: string): Promise<number[]> {
  const workerd = await Workerd.start(script)
  try {
    const empty = await emptyRequest(workerd)
    await workerd.cost({ task: 'begin', rows })
    const costs: number[] = []
    for (;;) {
      const cost = (await workerd.cost({ task: 'slice' })) - empty
      if (cost < 0.2) return costs
      costs.push(cost)
    }
  } finally {
    await workerd.dispose()
  }
}

interface Line {
  what: string
  costs: number[]
  goals?: { median?: number; most?: number }
}

const ms = (value: number) => (value < 1 ? value.toFixed(3) : value.toFixed(1)).padStart(7)

function print({ what, costs, goals = {} }: Line): boolean {
  const [median, most] = [quantile(costs, 0.5), quantile(costs, 0.95)]
  const good = median <= (goals.median ?? Infinity) && most <= (goals.most ?? Infinity)
  const goal = goals.median ? `median ≤ ${goals.median}` : goals.most ? `≤ ${goals.most}` : ''
  process.stdout.write(`${good ? '✓' : '✗'} ${what.padEnd(50)} ${ms(median)} ${ms(most)}   ${goal}\n`)
  return good
}

async function samplesOf(file: string | undefined): Promise<Sample[]> {
  const rows = file === undefined ? made() : readCorpus(await bytesOf(file), file)
  shuffle(rows, sequence(1))
  return rows.map(sampleOf)
}

await main(async () => {
  const { values } = parseArgs({
    options: { corpus: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help) return void process.stdout.write(`${help}\n`)
  const samples = await samplesOf(values.corpus)
  const known = Array.from({ length: lessons }, (_, at) => samples[at % samples.length] as Sample)
  const model = taughtInOrder(known)
  const asked = samples.slice(-comments)
  const script = await bundled()
  const japanese = longJapanese(4000)

  const workerd = await Workerd.start(script)
  note(
    workerd.ofItsOwn
      ? 'Milliseconds of CPU of the thread that the worker runs on.'
      : 'Milliseconds by the clock, for want of /proc: anything else that runs here counts, too.',
  )
  process.stdout.write(`${' '.repeat(53)} median   95th   goal, ms\n`)
  let good = true
  const tell = (line: Line) => {
    good = print(line) && good
  }
  try {
    const empty = await emptyRequest(workerd)
    const screened = (body: string) =>
      once(workerd, empty, (times) => ({ task: 'screen', text: textOf(body), times }))
    await workerd.cost({ task: 'model', model: write(model) })
    const short: number[] = []
    for (const { body } of asked) short.push(await screened(body))
    tell({ what: `a comment, ${asked.length} of them`, costs: short, goals: { median: 0.3 } })

    await workerd.cost({ task: 'model', model: write(fluent(model)) })
    const long: number[] = []
    for (let time = 0; time < rounds; time++) long.push(await screened(japanese))
    tell({ what: `${japanese.length} Japanese characters`, costs: long, goals: { most: 5 } })

    for (const decisions of [100, lessons]) {
      const rows = rowsOf(known.slice(0, decisions))
      const fits: number[] = []
      for (let time = 0; time < rounds; time++)
        fits.push(await once(workerd, empty, (times) => ({ task: 'fit', rows, times })))
      tell({ what: `learning from ${decisions} decisions`, costs: fits })
    }
  } finally {
    await workerd.dispose()
  }
  const sliced = await slices(script, rowsOf(longSamples(samples)))
  tell({
    what: `a slice of ${sliced.length}, ${many.decisions} decisions of ${many.length} letters`,
    costs: sliced,
    goals: { most: 8 },
  })
  tell({ what: 'the first of them, of a new process', costs: sliced.slice(0, 1), goals: { most: 8 } })
  const first: number[] = []
  for (let time = 0; time < starts; time++)
    first.push(await firstComment(script, write(model), (asked[0] as Sample).body))
  tell({ what: 'the first comment of a new process, with its model', costs: first })
  if (!good) throw new Refusal('Slower than it may be.')
})
