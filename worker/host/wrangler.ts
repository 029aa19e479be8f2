import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { made, root, wranglerBin } from './paths.ts'

/** Wrangler and Miniflare ask nobody, send nothing and write their logs with the rest of what is made. */
export const quiet = {
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_NO_SKILLS_UPDATE_PROMPTS: 'true',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_LOG_PATH: join(made, 'logs'),
}

export interface Ran {
  code: number
  stdout: string
  stderr: string
}

/** Runs one wrangler command without a terminal, so that it never asks. */
export function wrangler(args: string[], { input = '', env = {} as NodeJS.ProcessEnv } = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [wranglerBin, ...args], {
      cwd: root,
      env: { ...process.env, ...quiet, CI: 'true', ...env },
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
