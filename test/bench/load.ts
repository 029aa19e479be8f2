import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { turns } from './turns.ts'

/** What to send for how long: one request after the other on each connection. */
export interface Load {
  port: number
  /**
   * The request as sent. `{id}` stands for a new UUID, `{n}` for a number of nine digits, new each time, `{turn}` for a
   * number below `turns`, in turn.
   */
  request: string
  connections: number
  ms: number
  /** The status that every answer must have. */
  status: number
}

/** What came back. */
export interface Answered {
  perSecond: number
  /** Milliseconds that an answer took. */
  median: number
  /** Bytes of an answer, its head included. */
  bytes: number
  /** How much of the time the sender itself computed: near 1 it is the sender that is measured. */
  busy: number
}

let number = Date.now() % 1_000_000_000

const filled = (request: string) =>
  request.includes('{')
    ? request
        .replaceAll('{id}', () => randomUUID())
        .replaceAll('{turn}', () => String(++number % turns))
        .replaceAll('{n}', () => String(++number % 1_000_000_000).padStart(9, '0'))
    : request

/** Sends a load. Reads no more of an answer than it must, so that the server is what is measured. */
async function send(load: Load): Promise<Answered> {
  const took: number[] = []
  let bytes = 0
  const [start, before] = [performance.now(), process.cpuUsage()]
  const end = start + load.ms
  const each = Array.from({ length: load.connections }, () => connection(load, end, took))
  for (const read of await Promise.all(each)) bytes += read
  const lasted = performance.now() - start
  const { user, system } = process.cpuUsage(before)
  took.sort((one, other) => one - other)
  return {
    perSecond: (1000 * took.length) / lasted,
    median: took[took.length >> 1] ?? Number.NaN,
    bytes: Math.round(bytes / took.length),
    busy: (user + system) / 1000 / lasted,
  }
}

/** One connection, until the time is over. @returns bytes read */
function connection({ port, request, status }: Load, end: number, took: number[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const fail = (why: string) => {
      socket.destroy()
      reject(new Error(why))
    }
    let asked = 0
    let read = 0
    let answer = new Answer()
    const ask = () => {
      asked = performance.now()
      if (asked >= end) {
        socket.destroy()
        return resolve(read)
      }
      answer = new Answer()
      socket.write(filled(request))
    }
    socket.on('connect', ask)
    socket.on('error', (error) => fail(error.message))
    socket.on('close', () => fail('the connection was closed'))
    socket.on('data', (chunk) => {
      read += chunk.length
      if (!answer.take(chunk)) return
      if (answer.status !== status) return fail(`answered ${answer.status} in place of ${status}`)
      took.push(performance.now() - asked)
      ask()
    })
  })
}

/** An answer as it comes in. */
class Answer {
  status = 0
  private head: Buffer | null = Buffer.alloc(0)
  /** Bytes that are missing; null where they come in chunks. */
  private missing: number | null = 0
  private tail = ''

  /** Takes the next bytes, and tells whether they were the last. */
  take(chunk: Buffer): boolean {
    let body = chunk
    if (this.head) {
      const all = Buffer.concat([this.head, chunk])
      const end = all.indexOf('\r\n\r\n')
      if (end < 0) {
        this.head = all
        return false
      }
      this.begin(all.toString('latin1', 0, end))
      body = all.subarray(end + 4)
    }
    if (this.missing !== null) {
      this.missing -= body.length
      return this.missing <= 0
    }
    this.tail = (this.tail + body.toString('latin1', Math.max(0, body.length - 5))).slice(-5)
    return this.tail === '0\r\n\r\n'
  }

  private begin(head: string) {
    this.head = null
    this.status = Number(head.slice(9, 12))
    const bare = this.status === 204 || this.status === 304
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
    this.missing = bare ? 0 : length === undefined ? null : Number(length)
  }
}

process.on('message', (load: Load) => {
  send(load).then(
    (answered) => process.send?.({ answered }),
    (error) => process.send?.({ error: error.message }),
  )
})
process.on('disconnect', () => process.exit())
