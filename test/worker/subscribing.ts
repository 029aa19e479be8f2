import type { Env } from '../../worker/env.ts'
import { fetchIn } from './jobs.ts'
import { pageOrigin } from './product.ts'

/** Sends many requests to be told, some at a time, each from a network of its own. */
export async function postAll(environment: Env, wishes: unknown[]): Promise<void> {
  for (let at = 0; at < wishes.length; at += 50)
    await Promise.all(
      wishes.slice(at, at + 50).map(async (wish) => {
        const answer = await fetchIn(
          environment,
          new Request('http://127.0.0.1/v1/sites/blog/subscriptions', {
            ...{ method: 'POST', headers: { origin: pageOrigin }, body: JSON.stringify(wish) },
          }),
        )
        if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`)
      }),
    )
}
