import { cp, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { Product, unscreened } from '../server.ts'

/** A server with the demo, its comments screened, and without rate limits: from a copy of what `seedOnce` made. */
export async function withDemo(): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hankyo-'))
  const answer = await fetch(process.env.HANKYO_SEEDED as string)
  const seeded = await answer.text()
  if (!answer.ok) throw new Error(seeded)
  await cp(seeded, dataDir, { recursive: true })
  return Product.start({ flags: ['--no-rate-limit'], dataDir })
}

/**
 * `product`: one server for each Playwright worker, as `withDemo` makes it. A test that needs the limits, kills
 * the server, or must have the demo to itself starts its own.
 */
export const test = base.extend<object, { product: Product }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures asked for from here.
    async ({}, use) => {
      const product = await withDemo()
      await use(product)
      await product.dispose()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ product }, use) => use(product.url),
})

export { expect, Product, unscreened }
