import { main, note, Refusal } from '../worker/host/terminal.ts'
import { browser } from './steps/browser.ts'
import { proxies } from './steps/proxies.ts'
import { type Counts, none, playwright, sum, tool, vitest } from './steps/run.ts'

interface Step {
  title: string
  /** Steps that must have run before this one makes sense. */
  needs?: string[]
  /** Whether it runs beside others that do, and none else: each leaves a processor idle now and then. */
  beside?: true
  run: () => Promise<Counts>
}

/** All of `npm test`, in order. Every step runs, whatever became of the ones before. */
const steps: Record<string, Step> = {
  browser: { title: 'A browser for the end-to-end tests', run: browser },
  proxies: { title: 'Proxies for the tests behind one', run: proxies },
  build: { title: 'Build', beside: true, run: () => tool('node', ['worker/host/build.ts']) },
  lint: {
    title: 'Format and lint',
    beside: true,
    run: () => tool('biome', ['check', '--error-on-warnings', '.']),
  },
  types: {
    title: 'Types',
    beside: true,
    run: () => tool('tsc', ['-b', '--force', 'worker', 'widget', 'test']),
  },
  size: { title: 'Sizes', needs: ['build'], run: () => tool('node', ['test/size.ts']) },
  e2e: { title: 'End to end, in a browser', needs: ['browser', 'build'], run: playwright },
}

/** The projects of `test/vitest.config.ts`, which run as one step. */
const projects: Record<string, Pick<Step, 'needs'>> = {
  worker: { needs: ['build'] },
  host: { needs: ['proxies', 'build'] },
  widget: {},
  unit: {},
}

/** The steps named on the command line with what they need, or all. */
function chosen(names: string[]): Step[] {
  const known = { ...steps, ...projects }
  const unknown = names.find((name) => !known[name])
  if (unknown)
    throw new Refusal(`No step is called "${unknown}"; there are ${Object.keys(known).join(', ')}.`)
  const wanted = new Set(names.length ? names : Object.keys(known))
  for (const name of [...wanted]) for (const need of known[name]?.needs ?? []) wanted.add(need)
  const tested = Object.keys(projects).filter((name) => wanted.has(name))
  const { e2e, ...first } = Object.fromEntries(Object.entries(steps).filter(([name]) => wanted.has(name)))
  return [
    ...Object.values(first),
    ...(tested.length ? [{ title: `Vitest: ${tested.join(', ')}`, run: () => vitest(tested) }] : []),
    ...(e2e ? [e2e] : []),
  ]
}

const inWords = ({ passed, failed, skipped }: Counts) =>
  `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`

const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(1)

await main(async () => {
  const begun = performance.now()
  const summary: string[] = []
  let total = none
  const underWay: Promise<void>[] = []
  for (const { title, beside, run } of chosen(process.argv.slice(2))) {
    if (!beside) await Promise.all(underWay.splice(0))
    note(`\n━━ ${title}`)
    const started = performance.now()
    const counting = run().catch((error) => ({ ...none, failed: 1, failures: [String(error)] }))
    underWay.push(
      counting.then((counts) => {
        total = sum(total, counts)
        const mark = counts.failed ? '✗' : '✓'
        summary.push(
          `${mark} ${title.padEnd(36)} ${inWords(counts).padEnd(36)} ${seconds(started)} s`,
          ...counts.failures.map((failure) => `    ✗ ${failure}`),
        )
      }),
    )
    if (!beside) await Promise.all(underWay.splice(0))
  }
  await Promise.all(underWay)
  note(['\n━━ Summary', ...summary, `  ${seconds(begun)} s in all\n`].join('\n'))
  process.stdout.write(`${inWords(total)}\n`)
  process.exitCode = total.failed ? 1 : 0
})
