/**
 * A worker's main module around the product's: notes what its databases are asked for, and tells it at `/bench/asked`,
 * with the plan of each statement.
 */
export const watching = `
import product from './index.js'

let asked = []

function watched(db) {
  const note = (statements, results) => {
    for (const [at, { meta }] of results.entries()) asked.push({ db, ...statements[at], read: meta.rows_read })
    return results
  }
  const wrap = (text, values = []) => {
    const statement = () => db.prepare(text).bind(...values)
    const all = async () => note([{ text, values }], [await statement().all()])[0]
    return { text, values, statement, bind: (...values) => wrap(text, values), all, run: all }
  }
  return {
    prepare: (text) => wrap(text),
    batch: async (statements) => note(statements, await db.batch(statements.map(({ statement }) => statement()))),
  }
}

async function tell() {
  const told = asked
  asked = []
  return Promise.all(told.map(async ({ db, text, values, read }) => {
    const { results } = await db.prepare('EXPLAIN QUERY PLAN ' + text).bind(...values).all()
    return { text, read, plan: results.map(({ detail }) => detail) }
  }))
}

const around = (env) => ({ ...env, DB: watched(env.DB), SEARCH: watched(env.SEARCH) })

export default {
  async fetch(request, env, context) {
    if (new URL(request.url).pathname === '/bench/asked') return Response.json(await tell())
    return product.fetch(request, around(env), context)
  },
  queue: (batch, env, context) => product.queue(batch, around(env), context),
}
`
