import { begin } from '../../access/attempt.ts'
import { letThrough } from '../../access/cloudflareAccess.ts'
import { personOf } from '../../access/gate.ts'
import { type Ctx, requireOwnOrigin } from '../../access/identity.ts'
import { authorizationUrl } from '../../access/openIdConnect.ts'
import { providerName, providerOf, redirectUri, signInWays } from '../../access/signInWays.ts'
import { connectAccount } from '../../commands/connectAccount.ts'
import { disconnectAccount } from '../../commands/disconnectAccount.ts'
import type { ConnectedAccount, SignInWays, WayOn } from '../../contract/connectedAccounts.ts'
import type { Page } from '../../contract/page.ts'
import { accessId } from '../../contract/signInConfig.ts'
import * as connectedAccounts from '../../store/connectedAccounts.ts'
import { worldOf } from '../world.ts'

const idOf = (c: Ctx) => c.req.param('provider') ?? ''

/** `GET /v1/session/ways`: by what people may sign in, besides links and passkeys. */
export function getWays(c: Ctx): Response {
  const { providers, access } = signInWays(c.env)
  const named = providers.map(({ id, name }) => ({ id, name }))
  return c.json({ providers: named, access: access !== undefined } satisfies SignInWays)
}

/** `POST /v1/session/ways/:provider`: where to go to sign in. */
export async function postWay(c: Ctx): Promise<Response> {
  requireOwnOrigin(c)
  return setOut(c, null)
}

/** `GET /v1/connected-accounts`: one's own. */
export async function getConnectedAccounts(c: Ctx): Promise<Response> {
  const { id } = personOf(c)
  const accounts = await connectedAccounts.list(worldOf(c).db, id)
  const items = accounts.map(({ provider, ...account }) => ({
    ...account,
    provider: { id: provider, name: providerName(c.env, provider) },
  }))
  return c.json({ items, next: null } satisfies Page<ConnectedAccount>)
}

/** `POST /v1/connected-accounts/:provider`: where to go to connect one, or nowhere where it is done. */
export async function postConnectedAccount(c: Ctx): Promise<Response> {
  const { id: staffId } = personOf(c)
  if (idOf(c) !== accessId) return setOut(c, staffId)
  const world = worldOf(c)
  const { account } = await letThrough(c.env, c.req.raw.headers, world.now)
  const provider = { id: accessId, name: providerName(c.env, accessId) }
  await connectAccount(world, { account, provider, staffId, attempt: null })
  return c.json({ url: null } satisfies WayOn)
}

/** `DELETE /v1/connected-accounts/:account` */
export async function deleteConnectedAccount(c: Ctx): Promise<Response> {
  const nameOf = (provider: string) => providerName(c.env, provider)
  await disconnectAccount(worldOf(c), { id: c.req.param('account') ?? '', by: personOf(c), nameOf })
  return c.body(null, 204)
}

async function setOut(c: Ctx, staffId: string | null): Promise<Response> {
  const provider = providerOf(c.env, idOf(c))
  const attempt = await begin(c, provider.id, staffId)
  const { env, now } = worldOf(c)
  const url = await authorizationUrl({ env, provider, redirectUri: redirectUri(c, provider), attempt, now })
  return c.json({ url } satisfies WayOn)
}
