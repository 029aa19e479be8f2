import { type ChildProcess, execFile } from 'node:child_process'
import { join } from 'node:path'
import { hostBundle } from '../paths.ts'
import type { Act, Answer } from './sqliteProcess.ts'

/** Runs an act of `sqliteProcess.ts` on files. `end` ends it early. */
export function run<Name extends Act>(act: Name, files: string[]) {
  if (files.length === 0) return { answer: Promise.resolve([] as Answer<Name>[]), end() {} }
  let child: ChildProcess | undefined
  const answer = new Promise<Answer<Name>[]>((resolve, reject) => {
    const script = join(hostBundle, 'sqliteProcess.js')
    const args = ['--disable-warning=ExperimentalWarning', script, act, ...files]
    child = execFile(process.execPath, args, { maxBuffer: 100_000_000 }, (error, stdout) => {
      if (error) reject(error)
      else resolve(JSON.parse(stdout))
    })
  })
  return { answer, end: () => child?.kill('SIGKILL') }
}
