import { faultsInBothSchemes } from './axe.ts'
import { expect, test } from './fixtures.ts'

test('an owner invites somebody for one site, who is out as soon as they are removed', async ({
  browser,
  product,
}) => {
  await product.api('POST', 'sites', { id: 'of-one', name: 'Of one', origins: ['https://one.example'] })
  const owner = await (await browser.newContext()).newPage()
  await owner.goto(await product.dashboardLink())
  await owner.getByRole('link', { name: 'People' }).click()
  await owner.getByLabel(/^Name/).fill('Mika of one')
  await owner.getByLabel('Only some').check()
  await owner.getByLabel('Of one').check()
  await owner.getByRole('button', { name: 'Invite', exact: true }).click()
  const link = await owner.getByRole('textbox', { name: 'Sign-in link for Mika of one' }).inputValue()
  expect(await faultsInBothSchemes(owner)).toEqual([])

  const phone = await browser.newContext({ viewport: { width: 390, height: 800 } })
  const invited = await phone.newPage()
  await invited.goto(link)
  await invited.getByRole('link', { name: 'Mika of one' }).click()
  await expect(invited.getByText(/\(this one\)/)).toBeVisible()
  await expect(invited.getByRole('link', { name: 'People' })).toHaveCount(0)
  expect(await faultsInBothSchemes(invited)).toEqual([])

  await owner.reload()
  await owner.getByRole('button', { name: 'Remove Mika of one' }).click()
  await owner.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(owner.getByText('Mika of one', { exact: true })).toHaveCount(0)
  await expect(owner.getByRole('heading', { name: 'People' })).toBeFocused()

  // What they look at asks the server every few seconds.
  await expect(invited.getByRole('heading', { name: 'Your account was removed' })).toBeVisible()
  expect(await faultsInBothSchemes(invited)).toEqual([])
  await invited.goto(link)
  await expect(invited.getByText(/has been used or has expired/)).toBeVisible()
})
