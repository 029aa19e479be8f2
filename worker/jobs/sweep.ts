import type { World } from '../commands/world.ts'
import { canonicalKey } from '../contract/canonicalKey.ts'
import * as lessons from '../store/lessons.ts'
import { outdated, rewriteKey } from '../store/threadKeys.ts'
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
  for (const site of await lessons.overdue(world.db, before)) await enqueueLearning(world.env, site)
  await sendUnscreened(world, before)
  await handOver(world)
  for (const thread of await outdated(world.db, batchSize))
    await rewriteKey(world.db, { ...thread, key: canonicalKey(thread.key) })
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
