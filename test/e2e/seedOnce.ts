import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Product, unscreened } from '../server.ts'

/**
 * Playwright's `globalSetup`: brings the demo into one data folder, with all its comments screened, while the first
 * tests run. Every server of the tests starts from a copy of it: `withDemo` in `fixtures.ts` asks for the folder at
 * `HANKYO_SEEDED`, where the answer waits until it is ready. Gives back what removes the folder.
 */
export default async function seedOnce() {
  const dataDir = await mkdtemp(join(tmpdir(), 'hankyo-seeded-'))
  const seeded = seed(dataDir)
  // Whoever asks for the folder is told of a failure; nobody may have asked yet.
  seeded.catch(() => {})
  const server = createServer((_, response) => {
    seeded.then(
      () => response.end(dataDir),
      (error) => response.writeHead(500).end(String(error)),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  process.env.HANKYO_SEEDED = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return async () => {
    server.close()
    await seeded.catch(() => {})
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function seed(dataDir: string) {
  const product = await Product.start({ flags: ['--no-rate-limit'], dataDir })
  const until = Date.now() + 60_000
  try {
    while ((await unscreened(product)) !== 0)
      if (Date.now() > until) throw new Error('The demo was not screened within a minute.')
  } finally {
    await product.stop()
  }
}
