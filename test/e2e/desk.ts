import { randomUUID } from 'node:crypto'
import type { Product } from '../server.ts'

/** The origin of the pages of a test's own sites. */
export const origin = 'http://localhost:4000'

/** Posts a comment as a reader of a site of the test's own; its id. */
export async function post(
  product: Product,
  site: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const id = randomUUID()
  const answer = await fetch(`${product.url}/v1/sites/${site}/comments`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({
      id,
      key: '/post',
      url: `${origin}/post`,
      title: 'A post',
      author: { name: 'Mika' },
      body: `Text ${id}`,
      elapsedMs: 20_000,
      ...more,
    }),
  })
  if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`)
  return id
}

/** Reports a comment as a reader whom nobody knows. */
export async function report(
  product: Product,
  { site, id }: { site: string; id: string },
  body: { reason: string; note?: string },
): Promise<void> {
  const answer = await fetch(`${product.url}/v1/sites/${site}/comments/${id}/flags`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json', authorization: `Bearer ${randomUUID()}` },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
}

/** A new site of the test's own. */
export async function newSite(product: Product, more: Record<string, unknown> = {}): Promise<string> {
  const id = `site-${randomUUID().slice(0, 8)}`
  const answer = await product.api('POST', 'sites', { id, name: id, origins: [origin], ...more })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  return id
}
