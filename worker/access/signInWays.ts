import { accessId, type Provider, type SignInConfig, signInConfigOf } from '../contract/signInConfig.ts'
import type { Env } from '../env.ts'
import { publicUrl } from '../http/publicUrl.ts'
import { Refusal } from '../http/refusal.ts'

const none: SignInConfig = { providers: [] }

let read: { text: string; config: SignInConfig } | undefined

/**
 * How people may sign in besides by links and passkeys.
 *
 * @throws Refusal `not_configured` where `SIGN_IN` cannot be used: nothing of it is taken
 */
export function signInWays({ SIGN_IN: text }: Pick<Env, 'SIGN_IN'>): SignInConfig {
  if (!text) return none
  if (read?.text === text) return read.config
  const found = signInConfigOf(text)
  if ('wrong' in found)
    throw new Refusal('not_configured', { message: `The secret SIGN_IN${found.wrong}. Set it anew.` })
  read = { text, config: found.config }
  return read.config
}

/** What a provider is called, or its id where it is not set up any more. */
export function providerName(env: Pick<Env, 'SIGN_IN'>, id: string): string {
  if (id === accessId) return 'Cloudflare Access'
  return signInWays(env).providers.find((one) => one.id === id)?.name ?? id
}

/** Where a provider sends people back to: it has to know this address. */
export const redirectUri = (c: Parameters<typeof publicUrl>[0], { id }: Provider): string =>
  `${publicUrl(c)}/dashboard/sign-in/${id}`

/** A provider by its id. @throws Refusal `not_found` */
export function providerOf(env: Pick<Env, 'SIGN_IN'>, id: string): Provider {
  const provider = signInWays(env).providers.find((one) => one.id === id)
  if (!provider) throw new Refusal('not_found')
  return provider
}
