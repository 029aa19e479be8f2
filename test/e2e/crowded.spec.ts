import { randomUUID } from 'node:crypto'
import type { QueuePage } from '../../worker/contract/queue.ts'
import { article, snippet } from './article.ts'
import { expect, Product, test } from './fixtures.ts'

test('A newcomer writes on a day when many others did: the browser works for it, and the comment arrives', async ({
  page,
}) => {
  const product = await Product.start({ flags: ['--no-demo', '--trust-proxy'] })
  const served = await article({ body: snippet(product.url, 'loading="eager"') })
  try {
    const settings = { dayBudget: 3 }
    await product.api('POST', 'sites', {
      id: 'demo',
      name: 'Demo',
      origins: ['http://127.0.0.1:*'],
      settings,
    })
    const url = `${served.url}/crowded`
    const send = (index: number) =>
      fetch(`${product.url}/v1/sites/demo/comments`, {
        method: 'POST',
        headers: {
          origin: served.url,
          'content-type': 'application/json',
          'x-forwarded-for': `198.18.${index}.1`,
        },
        body: JSON.stringify({
          ...{ id: randomUUID(), key: '/crowded', url, title: 'Crowded' },
          ...{ author: { name: `Reader ${index}` }, body: `A remark of many, number ${index}.` },
          elapsedMs: 20_000,
        }),
      })
    await page.goto(url)
    const field = page.getByRole('textbox', { name: 'Write a comment' })
    await field.fill('One of a crowd, and real.')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Mika')
    for (let index = 0; index < 3; index++) expect((await send(index)).status).toBe(202)
    expect((await send(3)).status).toBe(403)

    const proofs: boolean[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/comments'))
        proofs.push(Boolean(request.postDataJSON().proof))
    })
    await page.getByRole('button', { name: 'Send for approval' }).click()
    await expect(page.getByText(/^Waiting for approval/).first()).toBeVisible({
      timeout: 20_000,
    })
    await expect
      .poll(
        async () => {
          const { items } = (await (await product.api('GET', 'queue?tab=all&q=real.')).json()) as QueuePage
          return items.map(({ body }) => body)
        },
        { timeout: 30_000 },
      )
      .toEqual(['One of a crowd, and real.'])
    expect(proofs).toEqual([false, true])
  } finally {
    served.close()
    await product.dispose()
  }
})
