import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decisionPath } from '../../worker/access/decisionLink.ts'
import { faultsInBothSchemes } from './axe.ts'
import { expect, type Product, test } from './fixtures.ts'

/** The first comment that waits, and a link by which somebody of the staff decides it. */
async function linkOf(product: Product, name: string) {
  const { items } = (await (await product.api('GET', 'queue?tab=held&limit=1')).json()) as {
    items: { id: string; revision: number; author: { name: string } }[]
  }
  const person = { name, role: 'moderator', sites: '*' }
  const { id: staffId } = (await (await product.api('POST', 'staff', person)).json()) as { id: string }
  const { TOKEN_SECRET } = JSON.parse(await readFile(join(product.dataDir, 'secrets.json'), 'utf8'))
  const { id: commentId, revision, author } = items[0] as (typeof items)[0]
  const link = { staffId, commentId, revision, expiresAt: Date.now() + 86_400_000 }
  return { author, commentId, url: product.url + (await decisionPath({ TOKEN_SECRET }, link)) }
}

test('A comment is decided from a message by a browser without scripts or a session, and that is undone', async ({
  browser,
  product,
}) => {
  const { author, commentId, url } = await linkOf(product, 'Mika')
  const statusOf = async () => {
    const answer = await product.api('GET', `queue?tab=all&ids=${commentId}`)
    return ((await answer.json()) as { items: { status: string }[] }).items[0]?.status
  }
  const context = await browser.newContext({
    javaScriptEnabled: false,
    locale: 'en',
    viewport: { width: 390, height: 800 },
  })
  const page = await context.newPage()
  await page.goto(url)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A comment waits for you')
  await expect(page.getByText(`By ${author.name}`)).toBeVisible()
  await page.getByLabel('Reason for the author').selectOption('Off topic')
  await page.getByRole('button', { name: 'Reject' }).press('Enter')
  await expect(page.getByRole('status')).toHaveText('Rejected by Mika')
  expect(await statusOf()).toBe('rejected')
  await page.reload()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('button', { name: 'Approve' })).toBeVisible()
  expect(await statusOf()).toBe('pending')
  await page.getByRole('button', { name: 'Approve' }).click()
  await expect(page.getByRole('status')).toHaveText('Approved by Mika')
  expect(await statusOf()).toBe('approved')
  expect(await context.cookies()).toEqual([])
  await context.close()
})

test('The page can be used by everyone', async ({ page, product }) => {
  const { url } = await linkOf(product, 'Yuki')
  await page.goto(url)
  expect(await faultsInBothSchemes(page)).toEqual([])
})
