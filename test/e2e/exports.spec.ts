import { readFile } from 'node:fs/promises'
import { faultsInBothSchemes } from './axe.ts'
import { newSite, post } from './desk.ts'
import { expect, test } from './fixtures.ts'

test('an owner takes a site along as one file, without loss', async ({ page: desk, product }) => {
  const site = await newSite(product)
  const ids = await Promise.all([post(product, site), post(product, site)])
  await desk.goto(await product.dashboardLink())
  await desk.getByRole('link', { name: 'Import & export' }).click()
  await desk.getByRole('combobox', { name: 'Site' }).selectOption(site)
  expect(await faultsInBothSchemes(desk)).toEqual([])
  const saved = async (name: string) => {
    const begun = desk.waitForEvent('download')
    await desk.getByRole('button', { name: `Download ${name}` }).click()
    const file = await begun
    expect(file.suggestedFilename()).toBe(name)
    return readFile(await file.path(), 'utf8')
  }
  const lines = (await saved(`${site}-hankyo.jsonl`)).trimEnd().split('\n')
  const rows = lines.map((line) => JSON.parse(line))
  expect(rows[0].hankyo).toMatchObject({ site, comments: 2 })
  expect(rows.flatMap(({ comments }) => (comments ? [comments.id] : [])).sort()).toEqual(ids.sort())
  expect(rows.at(-1).part).toMatchObject({ next: null, end: { rows: { comments: 2 } } })

  const wordpress = await saved(`${site}-wordpress.xml`)
  for (const id of ids) expect(wordpress).toContain(`Text ${id}`)
  expect(wordpress.trimEnd()).toMatch(/<\/rss>$/)
})
