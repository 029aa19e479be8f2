import { env } from 'cloudflare:workers'
import type { Env } from '../../worker/env.ts'

interface Count {
  read: number
  written: number
  statements: number
  trips: number
}

/** The worker's surroundings with a database that counts what it is asked, and what it has counted. */
export function counting(environment = env as unknown as Env): { environment: Env; count: Count } {
  const count: Count = { read: 0, written: 0, statements: 0, trips: 0 }
  const add = (results: D1Result[]) => {
    count.trips++
    for (const { meta } of results) {
      count.statements++
      count.read += meta.rows_read ?? 0
      count.written += meta.rows_written ?? 0
    }
    return results
  }
  const inner = new WeakMap<object, D1PreparedStatement>()
  const wrap = (statement: D1PreparedStatement): unknown => {
    const wrapped = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values)),
      all: async () => add([await statement.all()])[0],
    }
    inner.set(wrapped, statement)
    return wrapped
  }
  const DB = {
    prepare: (text: string) => wrap(env.DB.prepare(text)),
    batch: async (statements: object[]) =>
      add(await env.DB.batch(statements.map((statement) => inner.get(statement) as D1PreparedStatement))),
  }
  return { environment: { ...environment, DB } as unknown as Env, count }
}
