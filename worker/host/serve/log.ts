import { note } from '../terminal.ts'

/** Words for people, or a line of JSON for each request and each message. */
export const logForms = ['text', 'json'] as const
export type LogForm = (typeof logForms)[number]

/** A request that was answered. It says nothing of who asked: no address, and no query, which may hold a token. */
export interface Answered {
  method: string
  path: string
  /** 499 where the client left before an answer. */
  status: number
  /** How long it took. */
  ms: number
  /** What was sent, headers and body, compressed as it was. */
  bytes: number
}

export interface Log {
  /** Something that happened. @param level `info`, `warn`, `error` or `debug` */
  say(level: string, message: string): void
  /** Absent where requests are not logged. */
  answered?(request: Answered): void
}

export function openLog(form: LogForm): Log {
  if (form === 'text')
    return { say: (level, message) => note(level === 'info' ? message : `${level}: ${message}`) }
  const write = (entry: object) =>
    process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`)
  return {
    say: (level, message) => write({ level, message }),
    answered: (request) => write({ level: 'info', message: 'request', ...request }),
  }
}
