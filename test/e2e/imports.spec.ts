import { faultsInBothSchemes } from './axe.ts'
import { newSite, origin } from './desk.ts'
import { expect, test } from './fixtures.ts'
import { wordpressFile } from './wordpressFile.ts'

const file = wordpressFile(origin)

test('an owner drops a file, sees what would become of it, imports it and takes it back', async ({
  page: desk,
  product,
}) => {
  const site = await newSite(product)
  const shown = async () =>
    (await (await fetch(`${product.url}/v1/sites/${site}/thread?key=/2019/ground`)).json()).thread.count
  await desk.goto(await product.dashboardLink())
  await desk.getByRole('link', { name: 'Import & export' }).click()
  await desk.getByRole('combobox', { name: 'Site' }).selectOption(site)

  const dropped = await desk.evaluateHandle((text) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([text], 'old-blog.xml'))
    return transfer
  }, file)
  await desk.locator('.drop').dispatchEvent('drop', { dataTransfer: dropped })

  await expect(desk.getByRole('heading', { name: 'What would become of old-blog.xml' })).toBeFocused()
  const figure = (label: string) => desk.locator('.facts div', { hasText: label }).locator('dd')
  await expect(figure('Comments to come')).toHaveText('5')
  await expect(figure('Approved')).toHaveText('3')
  await expect(figure('Waiting')).toHaveText('1')
  await expect(figure('On drafts')).toHaveText('1')
  await expect(figure('Pingbacks')).toHaveText('1')
  await expect(desk.locator('.samples strong')).toHaveText('second')
  const row = desk.getByRole('row', { name: /Borrowed ground/ }).getByRole('cell')
  await expect(row).toHaveText(['3', '0', '3'])
  expect(await faultsInBothSchemes(desk)).toEqual([])
  expect(await shown()).toBe(0)

  await desk.getByRole('button', { name: 'Import 5 comments' }).click()
  await expect(desk.getByRole('heading', { name: 'old-blog.xml is here' })).toBeFocused()
  expect(await shown()).toBe(3)
  expect(await faultsInBothSchemes(desk)).toEqual([])

  // The same file again brings nothing twice.
  await desk.getByRole('button', { name: 'Another file' }).click()
  await desk.getByLabel('Choose a file').setInputFiles({
    ...{ name: 'old-blog.xml', mimeType: 'text/xml', buffer: Buffer.from(file) },
  })
  await expect(figure('Here already')).toHaveText('5')
  expect(await shown()).toBe(3)

  await desk.getByRole('button', { name: 'Take back: old-blog.xml' }).click()
  await desk.getByRole('button', { name: 'Take back', exact: true }).click()
  await expect(desk.getByText('5 comments were taken back.').first()).toBeVisible()
  expect(await shown()).toBe(0)
  await expect(figure('Comments to come')).toHaveText('5')
})
