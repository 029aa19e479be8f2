import { type Client, post } from './client.ts'
import type { Served } from './serving.ts'
import type { Table } from './table.ts'
import { pageOrigin, site } from './threads.ts'

const connections = 8

/** Comments acknowledged a second while screening works on them. */
export async function posts(client: Client, product: Served): Promise<Table> {
  const body = JSON.stringify({
    id: '{id}',
    key: '/posts',
    url: `${pageOrigin}/posts`,
    title: 'Posts',
    author: { name: 'Mika' },
    body: 'The second chart shows that the old map, {n}, had the lighthouse on the *wrong* side.',
    elapsedMs: 20_000,
  })
  const request = post(`${product.url}/v1/sites/${site}/comments`, body, { origin: pageOrigin })
  const load = { port: product.port, request, connections, status: 202 }
  await client.send({ ...load, ms: 1000 })
  const { perSecond, median } = await client.send({ ...load, ms: 5000 })
  return {
    title: `Posts, ${connections} at a time`,
    columns: ['a second', 'median ms'],
    lines: [{ what: 'comments acknowledged (202)', cells: [perSecond, median] }],
  }
}
