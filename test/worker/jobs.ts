import {
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  getQueueResult,
  waitOnExecutionContext,
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, vi } from 'vitest'
import type { Env } from '../../worker/env.ts'
import worker from '../../worker/index.ts'

const { queue } = worker
let under = 0
let over = 0
let since = 0

/** Jobs sent before a time are of a test that is over: their comments are gone. */
worker.queue = async (batch, environment, context) => {
  const messages = batch.messages.filter(({ timestamp }) => timestamp.getTime() >= since)
  if (messages.length === 0 && batch.messages.length > 0) return
  under++
  try {
    await queue({ queue: batch.queue, messages } as never, environment, context)
  } finally {
    under--
    over++
  }
}

/** Waits until a job is over, or so long that something else may have changed. */
async function aJobIsOver(): Promise<void> {
  const before = over
  for (let waited = 0; waited < 200 && over === before; waited += 10)
    await new Promise((resolve) => setTimeout(resolve, 10))
}

/** Waits for what jobs bring about, as long as a busy machine may take. */
export async function eventually<Result>(look: () => Promise<Result>): Promise<Result> {
  const end = Date.now() + 30_000
  for (;;) {
    try {
      return await look()
    } catch (error) {
      if (Date.now() > end) throw error
    }
    await aJobIsOver()
  }
}

/** Does what must not meet a job: once those under way are over, and with none taken up meanwhile. */
export async function betweenJobs(work: () => Promise<unknown>): Promise<void> {
  since = Number.POSITIVE_INFINITY
  await vi.waitFor(() => under === 0 || Promise.reject(new Error('A job takes too long.')), {
    timeout: 60_000,
    interval: 5,
  })
  await work()
  since = Date.now()
}

/** The worker's own surroundings, with a queue that loses everything. */
export const losing = {
  ...env,
  SCREENING: { send: async () => {}, sendBatch: async () => {} },
} as unknown as Env

/** Hands jobs to the worker as a queue does. */
export async function deliver(
  jobs: unknown[],
  { to = 'hankyo-screening', attempts = 1, environment = env as unknown as Env } = {},
) {
  const batch = createMessageBatch(
    to,
    jobs.map((body, index) => ({ id: `message-${index}`, timestamp: new Date(), attempts, body })),
  )
  const context = createExecutionContext()
  await queue(batch as never, environment, context as never)
  await waitOnExecutionContext(context)
  return getQueueResult(batch, context)
}

/** The key under which the test counts what its sites take: a fast machine posts in a minute more than one takes. */
export const countedAs = (site: string) => `${site} ${expect.getState().currentTestName}`

const countedApart = (limit: Env['SITE_LIMIT']) => ({
  limit: ({ key }: { key: string }) => limit.limit({ key: countedAs(key) }),
})

let senders = 0

/**
 * Asks a worker in other surroundings than its own; who names no address has one that nobody else has. What a site
 * takes in a minute is counted for each test apart.
 */
export async function fetchIn(environment: Env, request: Request): Promise<Response> {
  senders++
  if (!request.headers.has('cf-connecting-ip'))
    request.headers.set('cf-connecting-ip', `198.22.${(senders >> 8) & 255}.${senders & 255}`)
  const context = createExecutionContext()
  const { SITE_LIMIT, NEWCOMER_LIMIT } = environment
  const limits = { SITE_LIMIT: countedApart(SITE_LIMIT), NEWCOMER_LIMIT: countedApart(NEWCOMER_LIMIT) }
  const answer = await worker.fetch(request, { ...environment, ...limits }, context as never)
  await waitOnExecutionContext(context)
  return answer
}

/** The latest minute in which the cron looks for nothing that it looks for each fifth minute, or each hour. */
export const quietMinute = () => Math.floor(Date.now() / 300_000) * 300_000 + 60_000

/** What the cron does at a time. */
export async function sweepAt(time: number, environment = env as unknown as Env): Promise<void> {
  const context = createExecutionContext()
  const controller = createScheduledController({ scheduledTime: new Date(time) })
  await worker.scheduled(controller as never, environment, context as never)
  await waitOnExecutionContext(context)
}

/** What it does in the first minute of the hour after a time, when it also forgets what is old. */
export const sweepInAnHour = (time: number, environment?: Env): Promise<void> =>
  sweepAt(Math.ceil(time / 3_600_000) * 3_600_000, environment)

/** A run of the cron soon after a time, in that minute of five. */
const inFive =
  (minute: 1 | 4) =>
  (time: number, environment?: Env): Promise<void> =>
    sweepAt((Math.ceil(time / 300_000) * 5 + minute) * 60_000, environment)

/** What it does soon after a time, in a run that removes old comments. */
export const sweepComments = inFive(1)

/** What it does soon after a time, in a run that forgets what is kept for a time besides comments. */
export const sweepFields = inFive(4)

const isRead = (statement: D1PreparedStatement) =>
  /^\s*(SELECT|WITH)\b/.test((statement as unknown as { statement: string }).statement)

/** The worker's surroundings with a database that writes in another way. */
export function withBatch(
  batch: (statements: D1PreparedStatement[]) => Promise<D1Result[]>,
  environment = env as unknown as Env,
): Env {
  const DB = new Proxy(env.DB, {
    get(db, name) {
      if (name === 'batch')
        return (statements: D1PreparedStatement[]) =>
          statements.every(isRead) ? db.batch(statements) : batch(statements)
      const value = Reflect.get(db, name)
      return typeof value === 'function' ? value.bind(db) : value
    },
  })
  return { ...environment, DB } as unknown as Env
}
