import { env } from 'cloudflare:workers'
import { signedText } from '../../../worker/access/signedText.ts'
import type { Env } from '../../../worker/env.ts'
import { Authenticator } from '../authenticator.ts'

const host = 'hankyo.example'
const challenge = async (purpose: string) =>
  btoa(await signedText(env as unknown as Env, purpose, Date.now() + 300_000)).replaceAll('=', '')

/** A passkey that a member of staff may add, and what it signs in with then. */
export async function passkeyOf(staffId: string) {
  const authenticator = await Authenticator.make()
  const toAdd = await challenge(`add passkey ${staffId}`)
  const toSignIn = await challenge('sign in by passkey')
  return {
    id: authenticator.id,
    credential: await authenticator.create({ challenge: toAdd, rp: { id: host } }),
    assertion: await authenticator.get({ challenge: toSignIn, rpId: host }),
  }
}
