import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Answered, Load } from './load.ts'

/** Who sends load, in a process of its own. */
export class Client {
  private readonly child: ChildProcess = fork(join(import.meta.dirname, 'load.ts'))

  /** @throws Error when an answer is not as it must be, or none comes */
  async send(load: Load): Promise<Answered> {
    this.child.send(load)
    const [told] = (await once(this.child, 'message')) as [{ answered?: Answered; error?: string }]
    if (!told.answered) throw new Error(`The load could not be sent: ${told.error}.`)
    return told.answered
  }

  stop() {
    this.child.disconnect()
  }
}

/** What leads a read past the worker's memory, which serves nobody with credentials. */
export const pastMemory = { authorization: 'Bearer past-the-memory-{n}' }

/** A GET by an address, as a proxy sends it, or by a path, as a browser does. */
export const get = (target: string, headers: Record<string, string> = {}) => head('GET', target, headers)

/** A POST of JSON that has no characters but ASCII. */
export function post(target: string, body: string, headers: Record<string, string>): string {
  // What stands for an id or a number is shorter than these.
  const { length } = body.replaceAll('{id}', 'x'.repeat(36)).replaceAll('{n}', 'x'.repeat(9))
  const all = { ...headers, 'content-type': 'application/json', 'content-length': String(length) }
  return head('POST', target, all) + body
}

function head(method: string, target: string, headers: Record<string, string>) {
  const { host } = new URL(target, 'http://127.0.0.1')
  const all = { host, 'cf-connecting-ip': '127.0.0.1', ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`
}
