import { env } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import type { Env, Job } from '../../../worker/env.ts'
import { deliver, losing, sweepAt } from '../jobs.ts'
import { addSite } from '../product.ts'
import { stored } from '../school.ts'

beforeEach(() => addSite())

const minute = 60_000
const now = Date.now()

/** Comments that were posted so many minutes ago and wait for screening; their jobs. */
async function waiting(...minutesAgo: number[]): Promise<Job[]> {
  const ids = await stored(
    'blog',
    minutesAgo.map((ago) => `A thought of ${ago} minutes ago.`),
  )
  for (const [at, ago] of minutesAgo.entries())
    await env.DB.prepare('UPDATE comments SET created_at = ? WHERE id = ?')
      .bind(now - ago * minute, ids[at])
      .run()
  return ids.map((id) => ({ v: 1, site: 'blog', id, revision: 1 }))
}

/** The comments whose jobs the sweep sends, some minutes from now. */
async function sentAfter(minutes: number): Promise<string[]> {
  const sent: string[] = []
  const sendBatch = async (messages: { body: Job }[]) => {
    sent.push(...messages.map(({ body }) => body.id))
  }
  await sweepAt(now + minutes * minute, { ...losing, SCREENING: { sendBatch } } as unknown as Env)
  return sent
}

const screen = (job: Job | undefined) => deliver([job], { environment: losing })

it('A queue that is merely behind is sent no job again', async () => {
  const [first, ...others] = await waiting(30, 29, 28, 27)
  await screen(first)
  expect(await sentAfter(0.5)).toEqual([])
  await screen(others[0])
  expect(await sentAfter(0.9)).toEqual([])
})

it('A job is sent again when screening has looked at what came after it', async () => {
  const [lost, next] = await waiting(30, 10, 5)
  await screen(next)
  expect(await sentAfter(0.5)).toEqual([lost?.id])
})

it('Where nothing is screened all that waits is sent again, each time after twice as long', async () => {
  const ids = (await waiting(3, 2)).map(({ id }) => id)
  const sentAt: number[] = []
  for (let at = 0; at < 40; at++) {
    const sent = await sentAfter(at)
    if (sent.length > 0) sentAt.push(at)
    if (sent.length > 0) expect(sent).toEqual(ids)
  }
  expect(sentAt).toEqual([0, 2, 6, 14, 30])
})

it('What came since is sent again at its first time, and the waiting begins anew when nothing waits', async () => {
  const [one] = await waiting(3)
  expect(await sentAfter(0)).toEqual([one?.id])
  const [two] = await waiting(2)
  expect(await sentAfter(1)).toEqual([two?.id])
  expect(await sentAfter(1.5)).toEqual([])
  await deliver([one, two], { environment: losing })
  expect(await sentAfter(2)).toEqual([])
  const [three] = await waiting(2)
  expect(await sentAfter(5)).toEqual([three?.id])
  expect(await sentAfter(7)).toEqual([three?.id])
})
