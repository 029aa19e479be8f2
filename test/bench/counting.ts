/**
 * A worker's main module around the product's: counts what its database reads and writes, apart for requests and for
 * jobs, and tells it at `/bench/rows`.
 */
export const counting = `
import product from './index.js'

const count = () => ({ calls: 0, read: 0, written: 0, queries: 0 })
const counts = { fetch: count(), queue: count() }

function counted(db, count) {
  const add = (results) => {
    for (const { meta } of results) {
      count.read += meta.rows_read
      count.written += meta.rows_written
      count.queries++
    }
    return results
  }
  const wrap = (statement) => {
    const all = async () => add([await statement.all()])[0]
    return { statement, bind: (...values) => wrap(statement.bind(...values)), all, run: all }
  }
  return {
    prepare: (text) => wrap(db.prepare(text)),
    batch: async (statements) => add(await db.batch(statements.map(({ statement }) => statement))),
  }
}

const around = (env, count) => ({ ...env, DB: counted(env.DB, count) })

export default {
  async fetch(request, env, context) {
    if (new URL(request.url).pathname === '/bench/rows') return Response.json(counts)
    counts.fetch.calls++
    return product.fetch(request, around(env, counts.fetch), context)
  },
  async queue(batch, env, context) {
    await product.queue(batch, around(env, counts.queue), context)
    counts.queue.calls += batch.messages.length
  },
}
`

/** What was counted of one kind of call. */
export interface Count {
  calls: number
  read: number
  written: number
  queries: number
}
