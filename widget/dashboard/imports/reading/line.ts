import type { ApiError } from '../../../common/api.ts'
import { type Connection, detailOf } from '../../core/connection.ts'
import type { Failure, FromReader, Job, Jobs, ToReader } from './messages.ts'
import readerAddress from './reader.ts?worker&url'

/** A job that came to nothing. */
export class Failed extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.kind)
    this.failure = failure
  }
}

interface TrustedTypes {
  createPolicy(name: string, rules: object): { createScriptURL(url: string): string }
}

/** The page forbids addresses of scripts that nobody vouches for. */
function trusted(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  const rules = { createScriptURL: () => address }
  return trustedTypes?.createPolicy('hankyo-reader', rules).createScriptURL('') ?? address
}

/**
 * What reads files, in a thread of its own with a policy of its own: it fetches nothing but its parts. What it asks of
 * the worker goes by the desk's own line.
 */
export class ReaderLine {
  readonly #connection: Connection
  #worker: Worker | undefined
  #turn = 0
  #waiting:
    | {
        turn: number
        tell: (progress: never) => void
        done: (result: never) => void
        failed: (failure: Failure) => void
      }
    | undefined

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Has something done, in place of what is at work. @throws Failed */
  run<Name extends Job>(
    job: Name,
    given: Jobs[Name]['given'],
    tell: (progress: Jobs[Name]['told']) => void,
  ): Promise<Jobs[Name]['done']> {
    this.#waiting?.failed({ kind: 'cancelled' })
    const turn = ++this.#turn
    return new Promise((resolve, reject) => {
      this.#waiting = {
        ...{ turn, tell, done: resolve },
        failed: (failure) => reject(new Failed(failure)),
      }
      this.#send({ kind: 'job', job, turn, given } as ToReader)
    })
  }

  /** Calls off what is at work: it fails as cancelled once it has stopped. */
  cancel() {
    if (this.#worker) this.#send({ kind: 'cancel' })
  }

  /** Lets the file go, with all that was read of it. */
  close() {
    this.#worker?.terminate()
    this.#worker = undefined
    this.#end()?.failed({ kind: 'cancelled' })
  }

  #send(message: ToReader) {
    if (!this.#worker) {
      this.#worker = new Worker(trusted(readerAddress), { type: 'module' })
      this.#worker.onmessage = ({ data }: MessageEvent<FromReader>) => this.#take(data)
      this.#worker.onerror = (event) => {
        event.preventDefault()
        const error = { code: 'internal' as const, message: event.message }
        this.#worker?.terminate()
        this.#worker = undefined
        this.#end()?.failed({ kind: 'refused', error })
      }
    }
    this.#worker.postMessage(message)
  }

  #take(message: FromReader) {
    if (message.kind === 'ask') return void this.#pass(message)
    if (message.turn !== this.#waiting?.turn) return
    if (message.kind === 'told') return this.#waiting.tell(message.progress as never)
    const waiting = this.#end()
    if (message.kind === 'done') waiting?.done(message.result as never)
    else waiting?.failed(message.failure)
  }

  #end() {
    const waiting = this.#waiting
    this.#waiting = undefined
    return waiting
  }

  async #pass({ ask, method, path, body }: FromReader & { kind: 'ask' }) {
    try {
      const { data } = await this.#connection.ask<unknown>(method, path, { body })
      this.#send({ kind: 'answer', ask, data })
    } catch (reason) {
      const { status = 0, retryAfter = 0 } = reason as Partial<ApiError>
      const error = detailOf(reason)
      if (this.#worker) this.#send({ kind: 'answer', ask, error, status, retryAfter: retryAfter / 1000 })
    }
  }
}
