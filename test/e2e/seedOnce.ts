import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Product, unscreened } from '../server.ts'

/**
 * Playwright's `globalSetup`: brings the demo into one data folder, with all its comments screened. Every server of
 * the tests starts from a copy of it (see `withDemo` in `fixtures.ts`). Gives back what removes the folder.
 */
export default async function seedOnce() {
  const dataDir = await mkdtemp(join(tmpdir(), 'hankyo-seeded-'))
  const remove = () => rm(dataDir, { recursive: true, force: true })
  const product = await Product.start({ flags: ['--no-rate-limit'], dataDir })
  try {
    const until = Date.now() + 60_000
    while ((await unscreened(product)) !== 0)
      if (Date.now() > until) throw new Error('The demo was not screened within a minute.')
  } catch (error) {
    await product.dispose()
    throw error
  }
  await product.stop()
  process.env.HANKYO_SEEDED = dataDir
  return remove
}
