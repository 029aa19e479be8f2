import type { World } from '../commands/world.ts'
import { canonicalKey } from '../contract/canonicalKey.ts'
import { ask, overdue } from '../store/learners.ts'
import { confirmKeys, type Outdated, outdated, rewriteKey } from '../store/threadKeys.ts'
import { unscreened } from '../store/unscreened.ts'
import { handOver } from './deliver.ts'
import { enqueueLearning } from './enqueue.ts'

/** How long a comment may wait for its verdict before the sweep sends its job again. */
export const sweepAfterMs = 60_000

/** As many messages as a queue takes at once. */
const batchSize = 100

/**
 * Sends the jobs again of comments that should have a verdict by now, and of learners that have work left, and
 * hands over what is to be delivered. Threads that an earlier release named in another form get their key.
 */
export async function sweep(world: World): Promise<void> {
  const before = world.now - sweepAfterMs
  await sendOverdue(world, before)
  await sendUnscreened(world, before)
  await handOver(world)
  await rewriteKeys(world)
}

/** How long a learner's job that was sent again is waited for, in milliseconds: a queue may merely be behind. */
const learnerPatience = 3_600_000

async function sendOverdue({ env, db, now }: World, before: number): Promise<void> {
  for (const site of await overdue(db, { now, before }))
    if (await ask(db, site, { now, until: now + learnerPatience }))
      await enqueueLearning(env, { learn: site })
}

/** Threads whose key is another one now that are dealt with at a time: each takes a transaction. */
const mostMoved = 5

async function rewriteKeys({ db }: World): Promise<void> {
  const found = await outdated(db, batchSize)
  const isMoved = ({ key }: Outdated) => canonicalKey(key) !== key
  await confirmKeys(
    db,
    found.filter((thread) => !isMoved(thread)),
  )
  for (const thread of found.filter(isMoved).slice(0, mostMoved))
    await rewriteKey(db, { ...thread, key: canonicalKey(thread.key) })
}

async function sendUnscreened({ env, db }: World, before: number): Promise<void> {
  let after = 0
  for (let batches = 0; batches < 20; batches++) {
    const lost = await unscreened(db, { before, after, limit: batchSize })
    const jobs = lost.map(({ siteId, id, revision }) => ({ v: 1 as const, site: siteId, id, revision }))
    if (jobs.length > 0) await env.SCREENING.sendBatch(jobs.map((body) => ({ body })))
    if (jobs.length < batchSize) return
    after = lost.at(-1)?.seq ?? after
  }
}
