import { randomUUID } from 'node:crypto'
import type { D1Database, D1PreparedStatement, D1Result } from '@cloudflare/workers-types'

/**
 * A worker that runs the statements it is sent, all of them or none. Miniflare has it listen on a port
 * as any other worker, so it answers to those who know its password.
 */
export const executor = () => ({
  modules: true,
  script: `export default {
    async fetch(request, { DB, PASSWORD }) {
      if (request.headers.get('authorization') !== PASSWORD) return new Response(null, { status: 401 })
      try {
        const statements = await request.json()
        const results = await DB.batch(statements.map(({ text, values }) => DB.prepare(text).bind(...values)))
        return Response.json({ results })
      } catch (error) {
        return Response.json({ error: error.message })
      }
    },
  }`,
  bindings: { PASSWORD: randomUUID() },
})

interface Statement {
  text: string
  values: unknown[]
}

/**
 * The database behind the `executor` at an address, with as much of D1's interface as the store uses. Miniflare's own
 * stand-in asks workerd at each `prepare` and each `bind`, some milliseconds every time.
 */
export function databaseOf(address: URL, { PASSWORD }: { PASSWORD: string }): D1Database {
  const send = async (statements: Statement[]): Promise<D1Result[]> => {
    const answer = await fetch(address, {
      method: 'POST',
      headers: { authorization: PASSWORD },
      body: JSON.stringify(statements.map(({ text, values }) => ({ text, values }))),
    })
    const { results, error } = (await answer.json()) as { results: D1Result[]; error?: string }
    if (error !== undefined) throw new Error(error)
    return results
  }
  const prepare = (text: string, values: unknown[] = []) => {
    const all = async () => (await send([{ text, values }]))[0]
    return { text, values, bind: (...values: unknown[]) => prepare(text, values), all, run: all }
  }
  const batch = (statements: D1PreparedStatement[]) => send(statements as unknown as Statement[])
  return { prepare, batch } as unknown as D1Database
}
