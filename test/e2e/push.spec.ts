import { expect, test } from './fixtures.ts'

test('switching notifications on registers their service worker where the dashboard is, under its policy', async ({
  page,
  product,
}) => {
  const reports: string[] = []
  page.on('console', (message) => {
    if (/policy|trusted/i.test(message.text())) reports.push(message.text())
  })
  // A browser without a screen refuses notifications, and no push service is here.
  await page.addInitScript(() => {
    Object.defineProperty(Notification, 'permission', { get: () => 'granted' })
    Notification.requestPermission = async () => 'granted'
    PushManager.prototype.subscribe = () => Promise.reject(new Error('no service'))
  })
  await page.goto(await product.dashboardLink())
  await expect(page.getByRole('button', { name: 'Sign out', exact: true }).first()).toBeAttached()
  await page.goto(`${product.url}/dashboard?page=account`)
  await page.getByRole('button', { name: 'Notify me on this device' }).click()
  await expect(page.getByText('This browser could not be switched on.')).toBeVisible()
  const registered = await page.evaluate(async () => {
    const { scope, active } = await navigator.serviceWorker.ready
    return [scope, active?.scriptURL]
  })
  expect(registered).toEqual([`${product.url}/dashboard`, `${product.url}/dashboard/push.js`])
  expect(reports).toEqual([])
})
