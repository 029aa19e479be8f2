import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lasting } from '../../../worker/contract/builtFiles.ts'
import { assets, bundle } from '../../../worker/host/paths.ts'
import { Product } from '../../server.ts'

let product: Product
let edge: Miniflare
beforeAll(async () => {
  // It builds what has changed.
  product = await Product.start({ flags: ['--no-demo'] })
  edge = edgeOf(JSON.parse(readFileSync(join(bundle, 'options.json'), 'utf8')))
})
afterAll(async () => {
  await product.dispose()
  await edge.dispose()
})

/** Files as Cloudflare serves them by `wrangler.toml`, with a worker behind that only says it was asked. */
const edgeOf = ({ compatibilityDate, assets }: Record<string, unknown>) =>
  new Miniflare(
    convertV4MiniflareOptions({
      ...{
        host: '127.0.0.1',
        port: 0,
        cf: false,
        log: new Log(LogLevel.NONE),
        telemetry: { enabled: false },
      },
      workers: [
        {
          ...{ name: 'hankyo', modules: true, compatibilityDate, assets },
          script: 'export default { fetch: () => new Response(null, { status: 418 }) }',
        },
      ],
    } as Parameters<typeof convertV4MiniflareOptions>[0]),
  )

/** Of all built files, those that never change under their names. */
const lastingFiles = () =>
  readdirSync(assets, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(assets.length).replaceAll('\\', '/'))
    .filter((path) => lasting.some((start) => path.startsWith(start)))

const ask = async (path: string) => {
  const response = await fetch(new URL(path, await edge.ready), { redirect: 'manual' })
  await response.arrayBuffer()
  return response
}

/** Headers of an answer, but for those of the connection and of the time. */
function told({ headers }: Response) {
  const own = /^(connection|keep-alive|date|transfer-encoding|content-encoding|content-length|vary)$/
  const weak = headers.get('etag')?.replace(/^W\//, '')
  return { ...Object.fromEntries([...headers].filter(([name]) => !own.test(name))), etag: weak }
}

describe('Files that never change under their names', () => {
  test('do not pass the worker on Cloudflare, and have the same headers as from it', async () => {
    const files = lastingFiles()
    for (const start of lasting)
      expect(files.filter((path) => path.startsWith(start)).length).toBeGreaterThan(2)
    for (const path of files) {
      const [there, here] = [await ask(path), await fetch(`${product.url}${path}`)]
      await here.arrayBuffer()
      expect([path, there.status, told(there)]).toEqual([path, 200, told(here)])
    }
  })

  test('are few enough to be named: Cloudflare reads 100 rules', () => {
    const rules = readFileSync(join(assets, '_headers'), 'utf8').match(/^\//gm) ?? []
    expect(rules.length).toBeLessThanOrEqual(100)
  })

  test('are kept by nobody where they are not there', async () => {
    const { status, headers } = await ask('/embed/later-none/acts.js')
    expect([status, headers.get('cache-control')]).toEqual([404, null])
  })

  test.each([
    ['the script, which answers those who ask for no module', '/embed.js'],
    ['a style sheet that is made anew under its name', '/embed/thread.css'],
    ['the dashboard', '/dashboard'],
    ['the documentation', '/docs/embed'],
    ['the API', '/v1/health'],
    ['what says which headers there are', '/_headers'],
  ])('%s passes it', async (_, path) => {
    expect((await ask(path)).status).toBe(418)
  })

  test('the list of headers is served nowhere', async () => {
    expect((await fetch(`${product.url}/_headers`)).status).toBe(404)
  })
})
