import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import type { Env } from '../../../worker/env.ts'
import { plainPages, routes } from '../../../worker/routes.ts'
import { SIGN_IN } from '../accounts.ts'
import { deliver, fetchIn, losing, quietMinute, sweepAt } from '../jobs.ts'
import { host } from '../product.ts'
import { costOf, scansIn } from '../trips.ts'
import { fillIndex, fillInstance, unscreenedId } from './instance.ts'
import { type Asked, mailEventsPassword, requests } from './requests.ts'

/** Rows a request may read for each thing it shows or changes, and besides. */
const perLine = 6
const besides = 90

it('every route has its requests here', () => {
  const names = [...routes, ...plainPages].map(({ method, path }) => `${method} ${path}`)
  expect(Object.keys(requests).sort()).toEqual(names.sort())
})

it('no route reads more than six rows a line, nor a table that grows whole, however full the instance is', async () => {
  await fillInstance(Date.now())
  for (const [name, asked] of Object.entries(requests)) {
    // As jobs do meanwhile.
    await fillIndex()
    for (const one of asked) {
      const { result, rowsRead, statements } = await costOf(() => ask(name, one))
      const told = `${name} at ${one.path}: ${result.status}`
      if (env.CROWD) console.log(`${rowsRead} rows for ${result.lines}: ${told}`)
      expect.soft(result.status, told).toBeLessThan(400)
      expect.soft(rowsRead, told).toBeLessThanOrEqual(perLine * result.lines + besides)
      if (name.startsWith('GET')) expect.soft(await scansIn(statements), told).toEqual([])
    }
  }
})

const job = (body: unknown, to?: string) => () => deliver([body], { environment: losing, ...(to && { to }) })

const jobs: Record<string, () => Promise<unknown>> = {
  'the cron, where nothing is due': () => sweepAt(quietMinute(), losing),
  screening: job({ v: 1, site: 'blog', id: unscreenedId(1), revision: 1 }),
  'a delivery': job({ v: 1, site: 'blog', deliver: 1, turn: 0 }),
  'what screening gave up': job(
    { v: 1, site: 'blog', id: unscreenedId(2), revision: 1 },
    'hankyo-screening-dead',
  ),
}

it('no job reads more than it is about, however full the instance is', async () => {
  await fillInstance(Date.now())
  for (const [name, work] of Object.entries(jobs)) {
    const { rowsRead } = await costOf(work)
    if (env.CROWD) console.log(`${rowsRead} rows: ${name}`)
    expect.soft(rowsRead, name).toBeLessThanOrEqual(perLine + besides)
  }
})

const MAIL_EVENTS = `postmark:hook:${mailEventsPassword}`

const MAIL_FOLDER = { fetch: async () => new Response('Subject: x\n\nx') }

async function ask(name: string, { path, body, headers, lines }: Asked) {
  const [method = ''] = name.split(' ')
  const sent = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await fetchIn(
    { ...losing, SIGN_IN, MAIL_FOLDER, MAIL_EVENTS } as unknown as Env,
    new Request(host + path, { method, headers: { ...headers }, body: sent ?? null }),
  )
  const text = await answer.text()
  const isJson = /\bjson\b/.test(answer.headers.get('content-type') ?? '')
  const listed: unknown[] | undefined = isJson && text ? JSON.parse(text).items : undefined
  return { status: answer.status, lines: lines ?? listed?.length ?? 1 }
}
