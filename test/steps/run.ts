import { AsyncLocalStorage } from 'node:async_hooks'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { made, root } from '../../worker/host/paths.ts'
import { quiet } from '../../worker/host/wrangler.ts'

export interface Counts {
  passed: number
  failed: number
  skipped: number
  /** What failed, by name, with the first line of why. */
  failures: string[]
}

export const none: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] }
const one = (good: boolean): Counts => ({ ...none, [good ? 'passed' : 'failed']: 1 })

const reports = join(made, 'test')
const minutes = 10

const running = new Set<ChildProcess>()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    for (const child of running) child.kill(signal)
    process.exit(1)
  })

const executable = (name: string) =>
  name === 'node' ? process.execPath : isAbsolute(name) ? name : join(root, 'node_modules/.bin', name)

/** Where a step's output goes: to the terminal as it comes, or (beside another step) kept until it is over. */
export const output = new AsyncLocalStorage<{ kept: string[] }>()

/** Runs a program of node_modules/.bin to its end. */
export function program(name: string, args: string[]): Promise<number> {
  const kept = output.getStore()?.kept
  return new Promise((resolve) => {
    const child = spawn(executable(name), args, {
      cwd: root,
      env: { ...process.env, ...quiet },
      stdio: kept ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    })
    running.add(child)
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text) => kept?.push(text))
    const limit = setTimeout(() => {
      process.stderr.write(`${name} took more than ${minutes} minutes and was stopped.\n`)
      child.kill('SIGKILL')
    }, minutes * 60_000)
    child.on('error', (error) => process.stderr.write(`${error.message}\n`))
    child.on('close', (code) => {
      clearTimeout(limit)
      running.delete(child)
      resolve(code ?? 1)
    })
  })
}

/** A program that either passes or fails as a whole. */
export const tool = async (name: string, args: string[]): Promise<Counts> =>
  one((await program(name, args)) === 0)

/** One project of `test/vitest.config.ts`. */
export function vitest(project: string): Promise<Counts> {
  const report = join(reports, `${project}.json`)
  return reported(report, 'vitest', [
    'run',
    '--config=test/vitest.config.ts',
    `--project=${project}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
}

export function playwright(): Promise<Counts> {
  const report = join(reports, 'e2e.json')
  process.env.PLAYWRIGHT_JSON_OUTPUT_FILE = report
  return reported(report, 'playwright', [
    'test',
    '--config=test/playwright.config.ts',
    '--reporter=list,json',
  ])
}

interface Suite {
  suites?: Suite[]
  specs?: { title: string; ok: boolean; tests: { results: { error?: { message?: string } }[] }[] }[]
}

interface Report {
  /** vitest */
  testResults?: { assertionResults: { fullName: string; status: string; failureMessages: string[] }[] }[]
  numPassedTests?: number
  numFailedTests?: number
  numPendingTests?: number
  numTodoTests?: number
  /** playwright */
  suites?: Suite[]
  stats?: { expected: number; unexpected: number; flaky: number; skipped: number }
}

const failure = (name: string, message = '') =>
  `${name}: ${stripVTControlCharacters(message).split('\n', 1)[0]}`

const inSuite = ({ suites = [], specs = [] }: Suite): string[] => [
  ...suites.flatMap(inSuite),
  ...specs
    .filter(({ ok }) => !ok)
    .map(({ title, tests }) => failure(title, tests[0]?.results.at(-1)?.error?.message)),
]

const failuresOf = ({ testResults = [], suites = [] }: Report): string[] => [
  ...testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }) => failure(fullName, failureMessages[0])),
  ...suites.flatMap(inSuite),
]

/** Counts come from the report; a run that failed outside any test (or made no report) counts as one failure. */
async function reported(file: string, name: string, args: string[]): Promise<Counts> {
  await mkdir(reports, { recursive: true })
  await rm(file, { force: true })
  const code = await program(name, args)
  const report: Report = await readFile(file, 'utf8').then(JSON.parse, () => ({}))
  const { stats } = report
  const failures = failuresOf(report)
  const counts = stats
    ? { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped, failures }
    : {
        failures,
        passed: report.numPassedTests ?? 0,
        failed: report.numFailedTests ?? 0,
        skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
      }
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}
