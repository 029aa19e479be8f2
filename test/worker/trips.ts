import { env } from 'cloudflare:workers'
import { scansOf } from '../plans.ts'

/** What something cost at the database. */
export interface Cost<Result> {
  result: Result
  /** Round trips, each of one statement or of a batch. */
  trips: number
  statements: D1PreparedStatement[]
  rowsRead: number
  /** Code units of all that the rows said, as JSON. */
  units: number
}

interface Statements {
  all(this: D1PreparedStatement): Promise<D1Result>
}

interface Batches {
  batch(this: D1Database, statements: D1PreparedStatement[]): Promise<D1Result[]>
}

const statementsOf = (db: D1Database): Statements => Object.getPrototypeOf(db.prepare('SELECT 1'))
const batchesOf = (db: D1Database): Batches => Object.getPrototypeOf(db)

/** Counts what some work, and whatever else is under way in this isolate, asks of any database. */
export async function costOf<Result>(work: () => Promise<Result>): Promise<Cost<Result>> {
  const cost = { trips: 0, statements: [] as D1PreparedStatement[], rowsRead: 0, units: 0 }
  const note = (statements: D1PreparedStatement[], results: D1Result[]) => {
    cost.trips++
    cost.statements.push(...statements)
    for (const { meta, results: rows } of results) {
      cost.rowsRead += meta.rows_read
      cost.units += JSON.stringify(rows).length
    }
  }
  const [alone, together] = [statementsOf(env.DB), batchesOf(env.DB)]
  const { all } = alone
  const { batch } = together
  alone.all = async function (this: D1PreparedStatement) {
    const result = await all.call(this)
    note([this], [result])
    return result
  }
  together.batch = async function (this: D1Database, statements: D1PreparedStatement[]) {
    const results = await batch.call(this, statements)
    note(statements, results)
    return results
  }
  try {
    return { result: await work(), ...cost }
  } finally {
    alone.all = all
    together.batch = batch
  }
}

/** How the database carries statements out, step by step. */
export async function plansOf(statements: D1PreparedStatement[]): Promise<string[]> {
  const plans = await Promise.all(
    statements.map((one) => {
      const { statement, params } = one as unknown as { statement: string; params: unknown[] }
      const explaining = env.DB.prepare(`EXPLAIN QUERY PLAN ${statement}`).bind(...params)
      return explaining.all<{ detail: string }>()
    }),
  )
  return plans.flatMap(({ results }) => results.map(({ detail }) => detail))
}

/** Growing tables of the main database that statements read from one end to the other. */
export async function scansIn(statements: D1PreparedStatement[]): Promise<string[]> {
  const found = await Promise.all(
    statements.map(async (one) => {
      const { statement: text, params } = one as unknown as { statement: string; params: unknown[] }
      // Of the full-text index.
      if (/\b(documents|progress|unscreened)\b/.test(text)) return []
      const explaining = env.DB.prepare(`EXPLAIN QUERY PLAN ${text}`).bind(...params)
      const { results } = await explaining.all<{ detail: string }>()
      return scansOf({ text, plan: results.map(({ detail }) => detail) })
    }),
  )
  return [...new Set(found.flat())]
}
