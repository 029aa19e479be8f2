import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { QueuePage } from '../../../worker/contract/queue.ts'
import { root } from '../../../worker/host/paths.ts'
import { Product } from '../../server.ts'

let product: Product

beforeAll(async () => {
  product = await Product.start()
})

afterAll(() => product.dispose())

const queue = async (query: string) =>
  (await (await product.api('GET', `queue?site=demo&${query}`)).json()) as QueuePage

test('a copy of one of the demo’s comments is found to be a repeat', async () => {
  const text = await readFile(join(root, 'widget/demo/comments/en.json'), 'utf8')
  const [said] = JSON.parse(text) as { name: string; body: string[] }[]
  const id = randomUUID()
  const answer = await fetch(`${product.url}/v1/sites/demo/comments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: product.url },
    body: JSON.stringify({
      id,
      key: '/demo/en',
      url: `${product.url}/demo/en`,
      title: 'A title',
      author: { name: 'Somebody Else' },
      body: said?.body.join('\n\n'),
      elapsedMs: 60_000,
    }),
  })
  expect(answer.status).toBe(202)
  const item = await vi.waitFor(
    async () => {
      const [item] = (await queue(`tab=all&ids=${id}`)).items
      expect(item?.verdict).toBeTruthy()
      return item
    },
    { timeout: 20_000, interval: 50 },
  )
  expect(item?.findings).toContainEqual(
    expect.objectContaining({ code: 'repeat', params: { count: 1, refused: 0 } }),
  )
})

test('the demo’s comments are there once, however often the server starts', async () => {
  const { counts } = await queue('tab=all')
  await product.restart()
  expect((await queue('tab=all')).counts.all).toBe(counts.all)
})
