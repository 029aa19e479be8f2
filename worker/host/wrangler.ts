import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { compiled, made, root } from './paths.ts'

/** Wrangler and Miniflare ask nobody, send nothing and write their logs with the rest of what is made. */
export const quiet = {
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_NO_SKILLS_UPDATE_PROMPTS: 'true',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_LOG_PATH: join(made, 'logs'),
}

/** Wrangler's command line itself: what lies in its `bin` starts this in one more process. */
export const wranglerCli = () => ['--no-warnings', createRequire(import.meta.url).resolve('wrangler')]

export interface Ran {
  code: number
  stdout: string
  stderr: string
}

/** Runs one wrangler command without a terminal, so that it never asks. */
export function wrangler(args: string[], { input = '', env = {} as NodeJS.ProcessEnv } = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...wranglerCli(), ...args], {
      cwd: root,
      env: { NODE_COMPILE_CACHE: compiled, ...process.env, ...quiet, CI: 'true', ...env },
    })
    const ran: Ran = { code: 1, stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text) => {
      ran.stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text) => {
      ran.stderr += text
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ ...ran, code: code ?? 1 }))
    child.stdin.end(input)
  })
}
