import type { D1Database, D1PreparedStatement, D1Result } from '@cloudflare/workers-types'
import { ask } from './loopback.ts'

/**
 * A worker that runs the statements it is sent, all of them or none, and fires the cron. It listens on a port as any other
 * worker, so it answers to those who know its password.
 */
export const executor = `export default {
  async fetch(request, env) {
    const { WORKER, CONTROL_PASSWORD } = env
    if (request.headers.get('authorization') !== CONTROL_PASSWORD) return new Response(null, { status: 401 })
    try {
      const { statements, database = 'DB', cron } = await request.json()
      if (cron) {
        const { outcome } = await WORKER.scheduled({ ...cron, scheduledTime: new Date(cron.scheduledTime) })
        if (outcome !== 'ok') throw new Error(outcome)
        return Response.json({})
      }
      const db = env[database]
      const results = await db.batch(statements.map(({ text, values }) => db.prepare(text).bind(...values)))
      return Response.json({ results })
    } catch (error) {
      return Response.json({ error: error.message })
    }
  },
}`

/** Where the executor listens, and its password. */
export interface Control {
  url: URL
  password: string
}

interface Statement {
  text: string
  values: unknown[]
}

async function send({ url, password }: Control, asked: object): Promise<D1Result[]> {
  const headers = { authorization: password }
  const { text } = await ask(url, '/', { method: 'POST', headers, body: JSON.stringify(asked) })
  const { results = [], error }: { results?: D1Result[]; error?: string } = JSON.parse(text)
  if (error !== undefined) throw new Error(error)
  return results
}

/** A database behind the executor, by its binding, with as much of D1's interface as the store uses. */
export function databaseOf(control: Control, database: 'DB' | 'SEARCH' = 'DB'): D1Database {
  const run = (statements: Statement[]) =>
    send(control, { database, statements: statements.map(({ text, values }) => ({ text, values })) })
  const prepare = (text: string, values: unknown[] = []) => {
    const all = async () => (await run([{ text, values }]))[0]
    return { text, values, bind: (...values: unknown[]) => prepare(text, values), all, run: all }
  }
  const batch = (statements: D1PreparedStatement[]) => run(statements as unknown as Statement[])
  return { prepare, batch } as unknown as D1Database
}

/** Since when the database's file may hold what was taken back, in milliseconds since the epoch; null where it does not. */
export async function scrubbingSince(control: Control): Promise<number | null> {
  const [found] = await send(control, { statements: [{ text: 'SELECT since FROM scrubbing', values: [] }] })
  return (found?.results as { since: number }[] | undefined)?.[0]?.since ?? null
}

/** Has every learner be asked anew that owes work: a queue of this machine ends with the server that held it. */
export const forgetMessages = (db: D1Database): Promise<unknown> =>
  db.prepare('UPDATE learners SET asked_until = 0 WHERE asked_until > 0').run()

/** Has the worker do what is due at a time, in milliseconds since the epoch. */
export const runCron = (control: Control, scheduledTime: number): Promise<unknown> =>
  send(control, { cron: { cron: '* * * * *', scheduledTime } })
