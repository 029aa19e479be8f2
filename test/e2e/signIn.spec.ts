import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import Provider from 'oidc-provider'
import { faultsInBothSchemes } from './axe.ts'
import { expect, Product, test } from './fixtures.ts'

const client = { client_id: 'hankyo', client_secret: 'a-secret-of-the-client' }

let product: Product
let accounts: Server

/** Passkeys want a name, and the provider is another site for the browser. */
const home = () => `http://localhost:${product.port}/dashboard`

test.beforeAll(async () => {
  // It has its port before the product and other tests look for one.
  accounts = createServer().listen(0, '127.0.0.1')
  await once(accounts, 'listening')
  const issuer = `http://127.0.0.1:${(accounts.address() as AddressInfo).port}`
  const { client_id: clientId, client_secret: clientSecret } = client
  const desk = { id: 'desk', name: 'Desk accounts', issuer, clientId, clientSecret }
  const file = join(process.env.TMPDIR ?? '/tmp', `sign-in-${process.pid}.json`)
  await writeFile(file, JSON.stringify({ providers: [desk] }))
  product = await Product.start({ flags: ['--no-demo', '--allow-private-hosts', '--sign-in', file] })
  const provider = new Provider(issuer, {
    clients: [{ ...client, redirect_uris: [`${home()}/sign-in/desk`] }],
    claims: { openid: ['sub'], email: ['email'] },
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@desk.example` }),
    }),
    cookies: { keys: ['of-a-test'] },
  })
  accounts.on('request', provider.callback())
})

test.afterAll(async () => {
  accounts?.close()
  await product?.dispose()
})

/** A link that signs somebody in, once. */
const linkFor = async (name: string) => {
  const answer = await product.api('POST', 'sign-in-links', { name })
  const { token } = (await answer.json()) as { token: string }
  return `${home()}#sign-in=${token}`
}

/** Gives a page an authenticator that answers whatever it is asked; so the browser must not ask it by itself. */
async function giveAuthenticator(context: BrowserContext, page: Page) {
  const session = await context.newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...({ protocol: 'ctap2', transport: 'internal', hasResidentKey: true } as const),
      ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false
  })
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

test('After a link a passkey is offered once, and signs in from then on', async ({ context, page }) => {
  await giveAuthenticator(context, page)
  await page.goto(await linkFor('Mika'))
  await expect(page).toHaveURL(home())
  await button(page, 'Add a passkey').click()
  await expect(page.getByText('The next time you need no link.')).toBeVisible()
  await button(page, 'Close').click()
  await button(page, 'Sign out').click()

  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await button(page, 'Sign in with a passkey').click()
  await expect(button(page, 'Sign out')).toBeVisible()
  const link = await linkFor('Mika')
  // The desk sends other things meanwhile.
  const signedIn = page.waitForResponse(
    (answer) => answer.request().method() === 'POST' && new URL(answer.url()).pathname === '/v1/session',
  )
  await page.goto(link)
  expect((await signedIn).ok()).toBe(true)
  await page.reload()
  await expect(button(page, 'Sign out')).toBeVisible()
  await expect(button(page, 'Add a passkey')).toHaveCount(0)
})

test('An account elsewhere is connected after a link, and signs in from another browser', async ({
  browser,
  page,
}) => {
  await page.goto(await linkFor('Ren'))
  await button(page, 'Connect Desk accounts').click()
  await passProvider(page)
  await expect(button(page, 'Disconnect Desk accounts')).toBeVisible()
  expect(page.url()).not.toMatch(/code=|state=|#/)

  const other = await (await browser.newContext()).newPage()
  await other.goto(home())
  await button(other, 'Continue with Desk accounts').click()
  await passProvider(other)
  await expect(other.getByText('Ren', { exact: true })).toBeVisible()
  expect(new URL(other.url()).pathname).toBe('/dashboard')
  expect(other.url()).not.toMatch(/code=|state=|#/)
  await other.context().close()
})

test('Whoever is not let in is told why, and the door can be used by all', async ({ page }) => {
  await page.goto(`${home()}#refused=account_unknown`)
  await expect(page.getByRole('alert').filter({ hasText: 'Nobody has connected this account' })).toBeVisible()
  await expect(page).toHaveURL(home())
  expect(await faultsInBothSchemes(page)).toEqual([])
})

/** Signs in at the provider and lets Hankyo know. */
async function passProvider(page: Page) {
  await page.getByPlaceholder('Enter any login').fill('ren')
  await page.getByPlaceholder('and password').fill('any')
  await button(page, 'Sign-in').click()
  await button(page, 'Continue').click()
}
