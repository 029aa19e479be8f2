import type { ImportView } from '../../../../worker/contract/imports.ts'
import type { Page } from '../../../../worker/contract/page.ts'
import { type OpenedFile, openFile } from '../../../../worker/importers/opening/open.ts'
import { UnreadableFile } from '../../../../worker/importers/opening/problems.ts'
import { checkPlan } from '../../../../worker/importers/plan/checkPlan.ts'
import { endKilled, isAllHere } from '../../../../worker/importers/plan/endKilled.ts'
import type { Clock, Plan } from '../../../../worker/importers/plan/plan.ts'
import { NotReceived, type Receiver } from '../../../../worker/importers/plan/receiver.ts'
import { sendImport } from '../../../../worker/importers/plan/sendImport.ts'
import { surveyImport } from '../../../../worker/importers/plan/surveyImport.ts'
import type { Failure, FromReader, Job, Jobs, ToReader } from './messages.ts'

/** Pages that the page is told of. */
const mostPages = 20_000

/** Milliseconds between two tellings of how far it is. */
const pace = 100

/** The line to the page. */
export interface Line {
  send(message: FromReader): void
  onMessage(take: (message: ToReader) => void): void
}

/** Reads one file for a page, and sends what is in it by way of that page. */
export function serve(line: Line): void {
  let opened: OpenedFile | undefined
  let plan: Plan | undefined
  let running = new AbortController()
  const asked = new Map<number, (answer: ToReader & { kind: 'answer' }) => void>()
  let asks = 0

  function ask<Data>(method: string, path: string, body: unknown): Promise<Data> {
    const mine = ++asks
    return new Promise((resolve, reject) => {
      asked.set(mine, (answer) => {
        if (!('error' in answer)) return resolve(answer.data as Data)
        const { error, status, retryAfter } = answer
        reject(new NotReceived(error.message, status, error.code, retryAfter || undefined))
      })
      line.send({ kind: 'ask', ask: mine, method, path, body })
    })
  }
  const of = (id: string) => `/v1/imports/${encodeURIComponent(id)}`
  const receiver: Receiver = {
    start: (body) => ask('POST', '/v1/imports', body),
    add: (id, slice) => ask('POST', `${of(id)}/slices`, slice),
    change: (id, body) => ask('PATCH', of(id), body),
    check: (body) => ask('POST', '/v1/import-checks', body),
  }

  const jobs: {
    [Name in Job]: (
      given: Jobs[Name]['given'],
      tell: Tell,
      signal: AbortSignal,
    ) => Promise<Jobs[Name]['done']>
  } = {
    async open({ blob, name }, tell, signal) {
      plan = undefined
      opened = await openFile(blob, name, (bytes) => {
        signal.throwIfAborted()
        tell({ bytes, size: blob.size, comments: 0 })
      })
      const { format, formatName, warnings } = opened
      return { format, formatName, warnings }
    },
    async look(options, onProgress, signal) {
      if (!opened) throw new Error('No file is open.')
      plan = undefined
      const made = await surveyImport(opened, options, { signal, onProgress })
      await checkPlan(made, receiver, { signal })
      if (isAllHere(made)) {
        const site = `?site=${encodeURIComponent(options.site.id)}`
        const { items } = await ask<Page<ImportView>>('GET', `/v1/imports${site}`, undefined)
        await endKilled(made, receiver, items)
      }
      plan = made
      return { survey: made.survey, pages: made.pages().slice(0, mostPages) }
    },
    async send(_, onProgress, signal) {
      if (!plan) throw new Error('Nothing was looked at.')
      return sendImport(plan, receiver, clock, { signal, onProgress })
    },
  }

  line.onMessage(async (message) => {
    if (message.kind === 'cancel') return running.abort()
    if (message.kind === 'answer') {
      asked.get(message.ask)?.(message)
      asked.delete(message.ask)
      return
    }
    const { job, turn, given } = message
    running.abort()
    running = new AbortController()
    const { signal } = running
    try {
      const tell = paced((progress) => line.send({ kind: 'told', turn, progress }))
      const result = await jobs[job](given as never, tell, signal)
      line.send({ kind: 'done', turn, result })
    } catch (error) {
      line.send({ kind: 'failed', turn, failure: failureOf(error, signal) })
    }
  })
}

type Progress = Jobs[Job]['told']
type Tell = (progress: Progress) => void

/** Tells no more often than a person sees. */
function paced(tell: Tell): Tell {
  let last = Number.NEGATIVE_INFINITY
  return (progress) => {
    if (performance.now() - last < pace) return
    last = performance.now()
    tell(progress)
  }
}

function failureOf(error: unknown, signal: AbortSignal): Failure {
  if (signal.aborted) return { kind: 'cancelled' }
  if (error instanceof UnreadableFile) return { kind: 'unreadable', code: error.code }
  if (error instanceof NotReceived)
    return {
      kind: 'refused',
      error: { code: (error.code ?? 'unavailable') as 'unavailable', message: error.message },
    }
  return { kind: 'refused', error: { code: 'internal', message: String(error) } }
}

const clock: Clock = {
  now: () => Date.now(),
  wait: (milliseconds, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(done, milliseconds)
      signal?.addEventListener('abort', done, { once: true })
      function done() {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
    }),
}
