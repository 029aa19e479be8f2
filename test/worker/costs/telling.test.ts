import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { undoWindowMs as window } from '../../../worker/contract/decisions.ts'
import type { Env } from '../../../worker/env.ts'
import { confirming } from '../../confirming.ts'
import { tellingCosts } from '../../costs.ts'
import { counting } from '../counted.ts'
import { deliver, fetchIn, sweepAt } from '../jobs.ts'
import { press } from '../linked.ts'
import { linkIn, mailbox } from '../mailbox.ts'
import { addSite, call, comment, host, json, pageOrigin } from '../product.ts'
import { signedIn } from '../staffed.ts'

/** The time as the worker has it. */
let now: number
let box: ReturnType<typeof mailbox>

beforeEach(async () => {
  now = Date.parse('2026-11-30T12:05:00Z')
  vi.spyOn(Date, 'now').mockImplementation(() => now)
  box = mailbox()
  await addSite()
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** What an act and the telling of it came to. */
interface Cost {
  read: number
  written: number
  /** Messages of the queue. */
  messages: number
  mails: number
  /** The most statements of one message. */
  statements: number
}

/** What an act costs with all that is told of it, in the act itself and in the minutes when that is due. */
async function costOf(act: (environment: Env) => Promise<unknown>): Promise<Cost> {
  const before = (await box.sent()).length
  let jobs: unknown[] = []
  const SCREENING = {
    send: async (body: unknown) => void jobs.push(body),
    sendBatch: async (messages: { body: unknown }[]) => void jobs.push(...messages.map(({ body }) => body)),
  }
  const { environment, count } = counting({ ...box.environment, SCREENING } as unknown as Env)
  const cost: Cost = { read: 0, written: 0, messages: 0, mails: 0, statements: 0 }
  await act(environment)
  for (const passed of [0, window, window]) {
    now += passed
    await sweepAt(now, environment)
    while (jobs.length > 0) {
      const due = jobs.filter((job) => typeof (job as { deliver?: number }).deliver === 'number')
      jobs = []
      for (const job of due) {
        const { statements } = count
        await deliver([job], { environment })
        cost.messages++
        cost.statements = Math.max(cost.statements, count.statements - statements)
      }
    }
  }
  const { read, written } = count
  return { ...cost, read, written, mails: (await box.sent()).length - before }
}

/** The most statements of a message: D1 takes 50 of a call on the free plan, and a call has up to three messages. */
const mostStatements = 16

/** Asserts what telling adds to what an act costs. */
function expectAtMost(told: Cost, nobody: Cost, who: keyof typeof tellingCosts): void {
  const { rowsRead, rowsWritten, messages, mails } = tellingCosts[who]
  expect(told).toMatchObject({ messages, mails })
  expect(told.read - nobody.read).toBeLessThanOrEqual(rowsRead)
  expect(told.written - nobody.written).toBeLessThanOrEqual(rowsWritten)
  expect(told.statements).toBeLessThanOrEqual(mostStatements)
}

async function approval(id: string): Promise<Cost> {
  const request = new Request(`${host}/v1/decisions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${env.OPERATOR_KEY}` },
    body: JSON.stringify([{ commentId: id, revision: 1, action: 'approve' }]),
  })
  return costOf((environment) => json(fetchIn(environment, request)))
}

/** Posts a comment that is held, and has nothing told of it yet. */
async function post(made = comment()): Promise<string> {
  const headers = { origin: pageOrigin, authorization: `Bearer ${crypto.randomUUID()}${crypto.randomUUID()}` }
  const sent = { method: 'POST', headers, body: JSON.stringify(made) }
  await json(fetchIn(box.environment, new Request(`${host}/v1/sites/blog/comments`, sent)), 202)
  return made.id
}

const screening = async (id: string) =>
  costOf((environment) => deliver([{ v: 1, site: 'blog', id, revision: 1 }], { environment }))

/** Follows the link of the latest letter, which asks whether mail is wanted. */
async function confirm(): Promise<void> {
  await box.deliverDue()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const path = linkIn((await box.sent()).at(-1) as never)
  for (const body of confirming(await (await call('GET', path, { origin: null })).text()))
    await call('POST', path, { body, headers, origin: null })
  await box.deliverDue()
}

it('An author who is told of an approval costs 2 messages and one mail', async () => {
  await approval(await post())
  const nobody = await approval(await post())
  expectAtMost(nobody, nobody, 'nobody')
  const author = { name: 'Mika', email: 'mika@mail.example' }
  const id = await post(comment({ author, subscribe: ['fate'], locale: 'en' } as never))
  await confirm()
  const told = await approval(id)
  expectAtMost(told, nobody, 'author')
})

it('A hundred followers cost a message each and 2 more', async () => {
  await approval(await post())
  const nobody = await approval(await post())
  const ids = JSON.stringify(Array.from({ length: 100 }, (_, at) => `s${String(at).padStart(21, '0')}`))
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO subscribers (id, site_id, address, locale, state, changed_at, created_at)
       SELECT value, 'blog', value || '@mail.example', 'en', 'confirmed', 0, 0 FROM json_each(?)`,
    ).bind(ids),
    env.DB.prepare(
      `INSERT INTO subscriptions (subscriber_id, kind, thread_key, site_id, created_at, confirmed_at)
       SELECT value, 'thread', '/post', 'blog', 0, 0 FROM json_each(?)`,
    ).bind(ids),
  ])
  const told = await approval(await post())
  expectAtMost(told, nobody, 'followers')
})

it('A member of staff who is told of a held comment costs 2 messages and one mail', async () => {
  await screening(await post())
  const nobody = await screening(await post())
  const { ask } = await signedIn('Olga', 'owner', ['blog'])
  await json(ask('PATCH', '/v1/notifications', { address: 'olga@mail.example' }))
  await box.deliverDue()
  const [letter] = await box.sent()
  const [, path = ''] = /https:\/\/hankyo\.example(\/m\/address\/\S+)/.exec(letter?.text ?? '') ?? []
  await press(path, {})
  const told = await screening(await post())
  expectAtMost(told, nobody, 'staff')
})
