import { end } from '../../access/attempt.ts'
import { type Ctx, giveSession } from '../../access/identity.ts'
import { accountOf } from '../../access/openIdConnect.ts'
import { providerOf, redirectUri } from '../../access/signInWays.ts'
import { connectAccount } from '../../commands/connectAccount.ts'
import { signInByAccount } from '../../commands/signInByAccount.ts'
import { deviceOf } from '../../http/device.ts'
import { redirect } from '../../http/publicUrl.ts'
import { Refusal } from '../../http/refusal.ts'
import { worldOf } from '../world.ts'

/**
 * `GET /dashboard/sign-in/:provider`: back from a provider. It leads on to the dashboard, without anything in the address
 * that opens something; what went wrong is said there, in words.
 */
export async function getProviderReturn(c: Ctx): Promise<Response> {
  try {
    return redirect(c, await comeBack(c), 302)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return redirect(c, `/dashboard#refused=${error.code}`, 302)
  }
}

async function comeBack(c: Ctx): Promise<string> {
  const world = worldOf(c)
  const { env, now } = world
  const provider = providerOf(env, c.req.param('provider') ?? '')
  const attempt = await end(c, provider.id, now)
  const way = { env, provider, redirectUri: redirectUri(c, provider), attempt: attempt.text, now }
  const account = await accountOf(way, new URL(c.req.url).searchParams)
  const { staffId } = attempt
  if (staffId !== null) {
    await connectAccount(world, { account, provider, staffId, attempt })
    return '/dashboard?page=account'
  }
  const device = { ...deviceOf(c.req.raw), timeZone: null }
  const { secret } = await signInByAccount(world, { account, by: 'account', attempt, device, endsBy: null })
  giveSession(c, secret)
  return '/dashboard'
}
