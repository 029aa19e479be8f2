import { main, note, Refusal } from '../worker/host/say.ts'
import { browser } from './steps/browser.ts'
import { type Counts, none, playwright, tool, vitest } from './steps/run.ts'

interface Step {
  name: string
  title: string
  /** Other steps that must have run before this one makes sense. */
  needs?: string[]
  run: () => Promise<Counts>
}

/** All of `npm test`, in order. Every step runs, whatever became of the ones before. */
const steps: Step[] = [
  { name: 'browser', title: 'A browser for the end-to-end tests', run: browser },
  { name: 'build', title: 'Build', run: () => tool('node', ['worker/host/build.ts']) },
  { name: 'lint', title: 'Format and lint', run: () => tool('biome', ['check', '--error-on-warnings', '.']) },
  { name: 'types', title: 'Types', run: () => tool('tsc', ['-b', '--force', 'worker', 'widget', 'test']) },
  { name: 'unit', title: 'Unit and architecture', run: () => vitest('unit') },
  { name: 'worker', title: 'Worker, in workerd', needs: ['build'], run: () => vitest('worker') },
  { name: 'widget', title: 'Widget', run: () => vitest('widget') },
  { name: 'size', title: 'Sizes', needs: ['build'], run: () => tool('node', ['test/size.ts']) },
  { name: 'host', title: 'The commands', needs: ['build'], run: () => vitest('host') },
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

async function run() {
  const started = performance.now()
  const outcomes: { title: string; counts: Counts; seconds: number }[] = []
  for (const step of chosen(process.argv.slice(2))) {
    note(`\n━━ ${step.title}`)
    const begun = performance.now()
    const counts = await step.run().catch((error) => {
      note(String(error))
      return { ...none, failed: 1 }
    })
    outcomes.push({ title: step.title, counts, seconds: (performance.now() - begun) / 1000 })
  }

  note('\n━━ Summary')
  for (const { title, counts, seconds } of outcomes)
    note(
      `${counts.failed ? '✗' : '✓'} ${title.padEnd(36)} ${inWords(counts).padEnd(36)} ${seconds.toFixed(1)} s`,
    )
  note(`  ${((performance.now() - started) / 1000).toFixed(0)} s in all\n`)
  const total = outcomes.reduce((sum, { counts }) => add(sum, counts), none)
  process.stdout.write(`${inWords(total)}\n`)
  process.exitCode = total.failed ? 1 : 0
}

const add = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
})

const inWords = ({ passed, failed, skipped }: Counts) =>
  `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`

await main(run)
