import { article, snippet } from './article.ts'
import { expect, test } from './fixtures.ts'

test('Staff write on a page of another host as themselves, until they stop', async ({ page, product }) => {
  const home = await article({ body: snippet(product.url, 'key="/desk"') })
  const { token } = await (await product.api('POST', 'sign-in-links', { name: 'Hana Mori' })).json()
  await page.goto(`${product.url}/dashboard#sign-in=${token}`)
  await page.waitForSelector('article')
  const given = await page.evaluate(async () =>
    (await fetch('/v1/sites/demo/voices', { method: 'POST' })).json(),
  )

  await page.goto(`${home.url}/desk#hankyo-staff=demo.${given.code}`)
  await expect.poll(() => page.evaluate(() => location.hash)).toBe('')
  const field = page.getByRole('textbox', { name: 'Write a comment' })
  await field.fill('Mended, thank you.')
  await expect(page.getByText('You write as Hana Mori')).toBeVisible()
  await page.getByRole('button', { name: 'Post', exact: true }).click()
  const written = page.getByRole('article').filter({ hasText: 'Mended, thank you.' })
  await expect(written).toContainText('Hana Mori')
  expect(await page.evaluate(() => JSON.stringify(localStorage).includes('hkv_'))).toBe(false)

  await page.reload()
  await expect(written).toContainText('編集部')
  await field.fill('As anybody.')
  await page.getByRole('button', { name: 'Write as a reader' }).click()
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeVisible()
  await expect(field).toHaveValue('As anybody.')
  home.close()
})
