import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recipeOf } from './blocks.ts'
import { type Ghost, hasGhost, startGhost } from './ghost.ts'
import { addSite, readBoth, stage } from './stage.ts'
import { hasWordPress, startWordPress, type WordPress } from './wordpress.ts'

const here = stage()

/** Reads and writes on both articles, then looks for the counts on the home page. */
async function readAll(url: string): Promise<void> {
  const page = await here.browser.newPage()
  try {
    await readBoth(page, url)
    await page.locator('hankyo-thread').getByRole('heading', { name: '“The first article”' }).waitFor()
    expect(await page.locator('#commentform').count()).toBe(0)
    await page.goto(url)
    await page.locator('[data-hankyo-count="/two/"]').getByText('1', { exact: true }).first().waitFor()
  } finally {
    await page.close()
  }
}

describe.skipIf(!hasWordPress)('WordPress, with the plugins of its recipe', () => {
  let wordpress: WordPress
  beforeAll(async () => {
    wordpress = await startWordPress(recipeOf('wordpress', { origin: here.product.url, site: 'wordpress' }))
    await addSite(here.product, 'wordpress', wordpress.url)
  })
  afterAll(() => wordpress?.stop())

  test.each([
    ['of blocks', 'twentytwentythree'],
    ['of PHP files', 'twentytwentyone'],
  ])('has a thread under each post, and counts in lists, in a theme %s', async (_, theme) => {
    wordpress.chooseTheme(theme)
    await readAll(wordpress.url)
  })
})

describe.skipIf(!hasGhost)('Ghost, with a theme changed as its recipe says', () => {
  let ghost: Ghost
  beforeAll(async () => {
    ghost = await startGhost(recipeOf('ghost', { origin: here.product.url, site: 'ghost' }))
    await addSite(here.product, 'ghost', ghost.url)
  })
  afterAll(() => ghost?.stop())

  test.each(['source', 'casper'])('has a thread under each post, and counts in lists: %s', async (theme) => {
    await ghost.chooseTheme(theme)
    await readAll(ghost.url)
  })
})
