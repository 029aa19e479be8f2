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

/** A device that a member of staff may have told: any point of the curve will do, such as its base point. */
export const pushSubscription = {
  endpoint: 'https://push.example/new',
  keys: {
    p256dh: 'BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU',
    auth: 'AAAAAAAAAAAAAAAAAAAAAA',
  },
}
