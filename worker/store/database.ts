import type { D1Database, D1PreparedStatement, D1Result } from '@cloudflare/workers-types'

/** The database did not answer, or kept failing in a way that trying again may cure. */
export class DatabaseUnavailable extends Error {}

const transient = /locked|overloaded|Network connection lost|reset|timed? ?out|internal error/i
const tries = 4

/** A bound statement; the only place where SQL meets values. */
export function sql(db: D1Database, text: string, ...values: unknown[]): D1PreparedStatement {
  return db.prepare(text).bind(...values)
}

/** Every row of a query. */
export async function all<Row>(statement: D1PreparedStatement): Promise<Row[]> {
  return (await again(() => statement.all<Row>())).results
}

/** The first row of a query, or null. */
export async function first<Row>(statement: D1PreparedStatement): Promise<Row | null> {
  return (await all<Row>(statement))[0] ?? null
}

/** Runs statements in one transaction: all of them or none. They must be harmless when run again. */
export async function batch(db: D1Database, statements: D1PreparedStatement[]): Promise<D1Result[]> {
  return again(() => db.batch(statements))
}

/** Tries again with jitter while the failure is one of the database's passing ones. */
async function again<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!transient.test(String(error))) throw error
      if (attempt === tries) throw new DatabaseUnavailable(String(error))
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * 2 ** attempt))
    }
  }
}

/** ISO 8601 of a stored time. */
export function iso(time: number): string
export function iso(time: number | null): string | null
export function iso(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString()
}

/** SQL that holds or not, with the values it is bound to. */
export interface Condition {
  text: string
  values: unknown[]
}

/** Holds right after a statement that changed one row. */
export const changed: Condition = { text: 'changes() = 1', values: [] }
