import {
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  getQueueResult,
  waitOnExecutionContext,
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Env } from '../../worker/env.ts'
import worker from '../../worker/index.ts'

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
  await worker.queue(batch as never, environment, context as never)
  await waitOnExecutionContext(context)
  return getQueueResult(batch, context)
}

/** Asks a worker in other surroundings than its own. */
export async function fetchIn(environment: Env, request: Request): Promise<Response> {
  const context = createExecutionContext()
  const answer = await worker.fetch(request, environment, context as never)
  await waitOnExecutionContext(context)
  return answer
}

/** What the cron does at a time. */
export async function sweepAt(time: number, environment = env as unknown as Env): Promise<void> {
  const context = createExecutionContext()
  const controller = createScheduledController({ scheduledTime: new Date(time) })
  await worker.scheduled(controller as never, environment, context as never)
  await waitOnExecutionContext(context)
}

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
