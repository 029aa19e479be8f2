import { test as base, expect } from '@playwright/test'
import type { Health } from '../../worker/contract/health.ts'
import { Product } from '../server.ts'

/**
 * `product`: one server for each Playwright worker, on a free port and with a data folder of its own,
 * the demo seeded and without rate limits. A test that needs the limits, or kills the server, starts
 * its own by `Product.start()`.
 */
export const test = base.extend<object, { product: Product }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures asked for from here.
    async ({}, use) => {
      const product = await Product.start({ flags: ['--no-rate-limit'] })
      await use(product)
      await product.dispose()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ product }, use) => use(product.url),
})

/** How many comments on a server wait for screening: cheaper to ask for than the comments themselves. */
export async function unscreened(product: Product): Promise<number | undefined> {
  const health = (await (await product.api('GET', 'health')).json()) as Health
  return health.unscreened
}

export { expect, Product }
