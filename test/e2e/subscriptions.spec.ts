import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test as bare } from '@playwright/test'
import PostalMime from 'postal-mime'
import { withDatabase } from '../../worker/host/serve/workerd.ts'
import { article, snippet } from './article.ts'
import { faultsInBothSchemes } from './axe.ts'
import { decide, post } from './conversation.ts'
import { expect, Product } from './fixtures.ts'

/** The mails that a server wrote, of a kind. */
async function mails(product: Product, kind: string) {
  const folder = join(product.dataDir, 'mail')
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith(`${kind}.`))
  return Promise.all(names.map(async (name) => PostalMime.parse(await readFile(join(folder, name)))))
}

/** Waits for the one mail of a kind. */
async function mail(product: Product, kind: string) {
  await expect.poll(async () => (await mails(product, kind)).length, { timeout: 60_000 }).toBe(1)
  const [only] = await mails(product, kind)
  const text = (only?.text ?? '').replaceAll('\u2060', '')
  return { text, link: new RegExp(`${product.url}/s/[\\w.-]+`).exec(text)?.[0] ?? '', mail: only }
}

/** The clock cannot be turned. But what happened can be dated back, and each start runs the cron at once. */
async function tenMinutesPass(product: Product): Promise<void> {
  await product.stop()
  await withDatabase(product.dataDir, (db) =>
    db.batch([
      db.prepare('UPDATE outbox SET next_at = next_at - 600000'),
      db.prepare('UPDATE decisions SET decided_at = decided_at - 600000'),
      // Who asked after a comment was published is told nothing of it.
      db.prepare('UPDATE subscriptions SET created_at = created_at - 600000'),
    ]),
  )
  await product.restart()
}

bare('a reader ticks two boxes, is told of both, and ends it with one click', async ({ page }) => {
  bare.setTimeout(300_000)
  const product = await Product.start({ flags: ['--no-rate-limit'] })
  const server = await article({ body: snippet(product.url, 'loading="eager"') })
  try {
    const subject = { key: '/told', url: `${server.url}/told` }
    await page.goto(subject.url)
    const field = page.getByRole('textbox', { name: 'Write a comment' })
    await field.fill('Will you tell me?')
    await page.getByLabel('E-mail for news of this').fill('mina@mail.example')
    await page.getByLabel('Tell me when it is published or refused').check()
    await page.getByLabel('Tell me of answers to it').check()
    await page.getByLabel('Name', { exact: true }).fill('Mina')
    expect(await faultsInBothSchemes(page)).toEqual([])
    await page.getByRole('button', { name: 'Send for approval' }).click()
    await expect(page.getByText('Waiting for approval · only you see this')).toBeVisible()
    const id = (await page.locator('article').first().getAttribute('id'))?.replace('comment-', '') ?? ''

    await product.restart()
    const asked = await mail(product, 'confirm')
    await page.goto(asked.link)
    await expect(page.getByText('m…@mail.example')).toBeVisible()
    expect(await faultsInBothSchemes(page)).toEqual([])
    await page.getByRole('button', { name: 'Yes, tell me' }).click()
    await expect(page.getByText('From now on you are told')).toBeVisible()
    expect(await faultsInBothSchemes(page)).toEqual([])

    await decide(product, [id], 'approve')
    await tenMinutesPass(product)
    expect((await mail(product, 'fate')).text).toContain('Will you tell me?')

    const answer = await post(product, subject, { body: 'Yes, here it is.', parentId: id })
    await decide(product, [answer], 'approve')
    await tenMinutesPass(product)
    await expect
      .poll(
        async () =>
          JSON.stringify(await (await product.api('GET', 'deliveries?site=demo&status=waiting')).json()),
        {
          timeout: 60_000,
        },
      )
      .toContain('reader_answers')
    await tenMinutesPass(product)
    const news = await mail(product, 'news')
    expect(news.text).toContain('Yes, here it is.')
    const [, oneClick = ''] =
      /<(.*)>/.exec(news.mail?.headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? '') ?? []
    const ended = await fetch(oneClick, {
      ...{ method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) },
    })
    expect(ended.status).toBe(204)
    await page.goto(news.link)
    await expect(page.getByText('No mail is sent to you from here.')).toBeVisible()
  } finally {
    server.close()
    await product.dispose()
  }
})
