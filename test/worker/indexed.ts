import { env } from 'cloudflare:workers'
import type { Env } from '../../worker/env.ts'
import { progress } from '../../worker/store/searchIndex.ts'
import { deliver, losing } from './jobs.ts'

/** Brings the index up to date, as jobs do by and by. */
export async function indexed(environment: Env = losing) {
  for (;;) {
    await deliver([{ v: 1, index: true }], { environment })
    const now = await progress(env.SEARCH as D1Database)
    if (now?.buildBelow === 0 && now.thread === null) return
  }
}
