import { beforeEach, expect, it } from 'vitest'
import type { Env } from '../../../worker/env.ts'
import { memory } from '../../../worker/http/isolateCache.ts'
import { type ActCost, costs } from '../../costs.ts'
import { fineText, spamText } from '../corpus.ts'
import { counting } from '../counted.ts'
import { fill } from '../crowd.ts'
import { deliver, fetchIn, losing, quietMinute, sweepAt } from '../jobs.ts'
import { addSite, comment, host, pageOrigin } from '../product.ts'
import { addSchool, decideAll, stored, study } from '../school.ts'

/** What some work costs, with a queue that notes its messages and delivers none. */
async function costOf(work: (environment: Env) => Promise<unknown>): Promise<ActCost> {
  let messages = 0
  const SCREENING = {
    send: async () => {
      messages++
    },
    sendBatch: async (sent: unknown[]) => {
      messages += sent.length
    },
  }
  const { environment, count } = counting({ ...losing, SCREENING } as unknown as Env)
  await work(environment)
  return { rowsRead: count.read, rowsWritten: count.written, messages }
}

function expectWithin(cost: ActCost, name: keyof typeof costs) {
  for (const [what, most] of Object.entries(costs[name]))
    expect.soft(cost[what as keyof ActCost], `${what} of ${name}`).toBeLessThanOrEqual(most)
}

const ask = async (environment: Env, path: string, body?: unknown) => {
  const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const answer = await fetchIn(
    environment,
    new Request(host + path, { headers: { origin: pageOrigin }, ...sent }),
  )
  expect(answer.status).toBeLessThan(300)
}

const thread = '/v1/sites/blog/thread?key=/post'
const post = (site: string) => async (environment: Env) => {
  const made = comment()
  await ask(environment, `/v1/sites/${site}/comments`, made)
  await deliver([{ v: 1, site, id: made.id, revision: 1 }], { environment })
}

beforeEach(() => addSite())

it('a page of a thread, and a look whether something is new', async () => {
  await fill({ roots: 60, replies: 0 })
  // The first read of a day notes that the site was seen.
  await ask(losing, thread)
  memory.empty()
  expectWithin(await costOf((environment) => ask(environment, thread)), 'page')
  memory.empty()
  expectWithin(await costOf((environment) => ask(environment, `${thread}&since=1`)), 'poll')
})

it('a post with its screening, a decision, and what is learnt from it', async () => {
  const site = await addSchool({ policy: 'premoderate' })
  const texts = Array.from({ length: 120 }, (_, at) => (at % 2 ? spamText(at) : fineText(at)))
  const ids = await stored(site, texts)
  await decideAll(
    ids.slice(0, 100).map((id, at) => ({ id, action: at % 2 ? 'spam' : 'approve' })),
    losing,
  )
  await study(site)
  await post(site)(losing)
  expectWithin(await costOf(post(site)), 'post')
  const decide = (at: number) => (environment: Env) =>
    decideAll([{ id: ids[at] as string, action: 'approve' }], environment)
  await decide(100)(losing)
  expectWithin(await costOf(decide(101)), 'decision')
  expectWithin(await costOf((environment) => deliver([{ v: 1, learn: site }], { environment })), 'lesson')
  // Four comments stand on a page: what is approved first there names it, which is a row more.
  await decide(102)(losing)
  const first = await costOf(decide(104))
  expectWithin({ ...first, rowsWritten: first.rowsWritten - 1 }, 'decision')
})

it('a run of the cron with nothing to do', async () => {
  await sweepAt(quietMinute(), losing)
  expectWithin(await costOf((environment) => sweepAt(quietMinute(), environment)), 'cron')
})
