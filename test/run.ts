import { main, note, Refusal } from '../worker/host/terminal.ts'
import { browser } from './steps/browser.ts'
import { type Counts, none, output, playwright, tool, vitest } from './steps/run.ts'

interface Step {
  name: string
  title: string
  /** Other steps that must have run before this one makes sense. */
  needs?: string[]
  /** Whether it runs beside the step before it; what they print comes one after the other. */
  beside?: true
  run: () => Promise<Counts>
}

/** All of `npm test`, in order. Every step runs, whatever became of the ones before. */
const steps: Step[] = [
  { name: 'browser', title: 'A browser for the end-to-end tests', run: browser },
  { name: 'build', title: 'Build', run: () => tool('node', ['worker/host/build.ts']) },
  { name: 'lint', title: 'Format and lint', run: () => tool('biome', ['check', '--error-on-warnings', '.']) },
  {
    name: 'types',
    title: 'Types',
    beside: true,
    run: () => tool('tsc', ['-b', '--force', 'worker', 'widget', 'test']),
  },
  { name: 'unit', title: 'Unit and architecture', run: () => vitest('unit') },
  { name: 'widget', title: 'Widget', beside: true, run: () => vitest('widget') },
  { name: 'worker', title: 'Worker, in workerd', needs: ['build'], run: () => vitest('worker') },
  { name: 'host', title: 'The commands', needs: ['build'], beside: true, run: () => vitest('host') },
  { name: 'size', title: 'Sizes', needs: ['build'], run: () => tool('node', ['test/size.ts']) },
  { name: 'e2e', title: 'End to end, in a browser', needs: ['browser', 'build'], run: playwright },
]

/** The steps named on the command line with what they need, or all. */
function chosen(names: string[]): Step[] {
  const unknown = names.find((name) => !steps.some((step) => step.name === name))
  if (unknown)
    throw new Refusal(
      `No step is called "${unknown}"; there are ${steps.map(({ name }) => name).join(', ')}.`,
    )
  const needed = steps.filter(({ name }) => names.includes(name)).flatMap(({ needs }) => needs ?? [])
  return names.length ? steps.filter(({ name }) => names.includes(name) || needed.includes(name)) : steps
}

interface Outcome {
  title: string
  counts: Counts
  seconds: number
}

async function take({ title, run }: Step): Promise<Outcome> {
  const begun = performance.now()
  const counts = await run().catch((error) => {
    note(String(error))
    return { ...none, failed: 1 }
  })
  return { title, counts, seconds: (performance.now() - begun) / 1000 }
}

/** Steps side by side, each printing only when it and those before it are over. */
async function together(steps: Step[]): Promise<Outcome[]> {
  const started = steps.map((step) => {
    const kept: string[] = []
    return { step, kept, outcome: output.run({ kept }, () => take(step)) }
  })
  const outcomes: Outcome[] = []
  for (const { step, kept, outcome } of started) {
    outcomes.push(await outcome)
    note(`\n━━ ${step.title}`)
    process.stderr.write(kept.join(''))
  }
  return outcomes
}

async function run() {
  const started = performance.now()
  const groups: Step[][] = []
  for (const step of chosen(process.argv.slice(2))) {
    const before = groups.at(-1)
    if (step.beside && before) before.push(step)
    else groups.push([step])
  }
  const outcomes: Outcome[] = []
  for (const group of groups) {
    const [only] = group
    if (group.length > 1 || !only) outcomes.push(...(await together(group)))
    else {
      note(`\n━━ ${only.title}`)
      outcomes.push(await take(only))
    }
  }

  note('\n━━ Summary')
  for (const { title, counts, seconds } of outcomes) {
    note(
      `${counts.failed ? '✗' : '✓'} ${title.padEnd(36)} ${inWords(counts).padEnd(36)} ${seconds.toFixed(1)} s`,
    )
    for (const failure of counts.failures) note(`    ✗ ${failure}`)
  }
  note(`  ${((performance.now() - started) / 1000).toFixed(0)} s in all\n`)
  const total = outcomes.reduce((sum, { counts }) => add(sum, counts), none)
  process.stdout.write(`${inWords(total)}\n`)
  process.exitCode = total.failed ? 1 : 0
}

const add = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  failures: [...a.failures, ...b.failures],
})

const inWords = ({ passed, failed, skipped }: Counts) =>
  `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`

await main(run)
