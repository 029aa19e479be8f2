import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { isAbsolute, join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { compiled, made, root } from '../../worker/host/paths.ts'
import { signals } from '../../worker/host/serve/workerdProcess.ts'
import { quiet } from '../../worker/host/wrangler.ts'

export interface Counts {
  passed: number
  failed: number
  skipped: number
  /** What failed, by name, with the first line of why. */
  failures: string[]
}

export const none: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] }

export const sum = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  failures: [...a.failures, ...b.failures],
})

const running = new Set<ChildProcess>()
for (const signal of signals)
  process.on(signal, () => {
    for (const child of running) child.kill(signal)
    process.exit(1)
  })

const executable = (name: string) =>
  name === 'node' ? process.execPath : isAbsolute(name) ? name : join(root, 'node_modules/.bin', name)

/** Where tests keep their data: in memory where Linux offers that, so that none waits for a disk. */
function temporary(): string {
  const inMemory = '/dev/shm'
  try {
    if (!process.env.TMPDIR) accessSync(inMemory, constants.W_OK)
    return process.env.TMPDIR ?? inMemory
  } catch {
    return tmpdir()
  }
}

/** Runs a program of node_modules/.bin to its end; what it says goes to stderr. Its exit code. */
export function program(name: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(executable(name), args, {
      cwd: root,
      env: { NODE_COMPILE_CACHE: compiled, ...process.env, ...quiet, TMPDIR: temporary(), ...env },
      stdio: ['ignore', 2, 2],
      timeout: 20 * 60_000,
      killSignal: 'SIGKILL',
    })
    running.add(child)
    child.on('error', (error) => process.stderr.write(`${error.message}\n`))
    child.on('close', (code, signal) => {
      running.delete(child)
      if (signal) process.stderr.write(`${name} was stopped by ${signal}.\n`)
      resolve(code ?? 1)
    })
  })
}

/** A program that either passes or fails as a whole. */
export const tool = async (name: string, args: string[]): Promise<Counts> =>
  (await program(name, args)) === 0 ? { ...none, passed: 1 } : { ...none, failed: 1 }

interface VitestReport {
  testResults?: {
    name: string
    message: string
    status: string
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[]
  }[]
  numPassedTests?: number
  numFailedTests?: number
  numPendingTests?: number
  numTodoTests?: number
}

/** Projects of `test/vitest.config.ts`, by one scheduler. */
export async function vitest(projects: string[]): Promise<Counts> {
  const file = await reportFile('vitest.json')
  const code = await program('vitest', [
    'run',
    '--config=test/vitest.config.ts',
    ...projects.map((project) => `--project=${project}`),
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  const report: VitestReport = await read(file)
  const files = (report.testResults ?? []).filter(({ status }) => status === 'failed')
  return counted(code, {
    passed: report.numPassedTests ?? 0,
    failed: report.numFailedTests ?? 0,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
    failures: files.flatMap(({ name, message, assertionResults }) => [
      ...(message ? [failure(relative(root, name), message)] : []),
      ...assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) => failure(fullName, failureMessages[0])),
    ]),
  })
}

interface Suite {
  suites?: Suite[]
  specs?: { title: string; ok: boolean; tests: { results: { error?: { message?: string } }[] }[] }[]
}

interface PlaywrightReport extends Suite {
  stats?: { expected: number; unexpected: number; flaky: number; skipped: number }
}

export async function playwright(): Promise<Counts> {
  const file = await reportFile('e2e.json')
  const code = await program(
    'playwright',
    ['test', '--config=test/playwright.config.ts', '--reporter=dot,json'],
    { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  )
  const report: PlaywrightReport = await read(file)
  const { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = report.stats ?? {}
  return counted(code, {
    passed: expected + flaky,
    failed: unexpected,
    skipped,
    failures: failuresIn(report),
  })
}

const failuresIn = ({ suites = [], specs = [] }: Suite): string[] => [
  ...suites.flatMap(failuresIn),
  ...specs
    .filter(({ ok }) => !ok)
    .map(({ title, tests }) => failure(title, tests[0]?.results.at(-1)?.error?.message)),
]

const failure = (name: string, message = '') =>
  `${name}: ${stripVTControlCharacters(message).split('\n', 1)[0]}`

/** A place for a report, where none of an earlier run is left. */
async function reportFile(name: string): Promise<string> {
  const folder = join(made, 'test')
  await mkdir(folder, { recursive: true })
  await rm(join(folder, name), { force: true })
  return join(folder, name)
}

const read = (file: string) => readFile(file, 'utf8').then(JSON.parse, () => ({}))

/** A run that failed outside any test, or made no report, counts as one failure. */
const counted = (code: number, counts: Counts): Counts =>
  code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
