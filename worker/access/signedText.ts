import { hmac, isEqual, randomToken } from '../crypto.ts'
import type { Env } from '../env.ts'

/** Something of ours that came back, with the id by which it can be used up. */
export interface Opened {
  id: string
  expiresAt: number
}

/**
 * A random text that is known again as ours until it ends, and for its purpose alone. Nothing is kept of it, so that
 * whoever asks for many costs nothing; `store/usedChallenges.ts` has it used once.
 */
export async function signedText({ TOKEN_SECRET }: Env, purpose: string, expiresAt: number): Promise<string> {
  const text = `${expiresAt.toString(36)}.${randomToken().slice(0, 22)}`
  return `${text}.${await hmac(TOKEN_SECRET, `${purpose} ${text}`)}`
}

/** What such a text says, or null where it is not ours, has ended, or is for something else. */
export async function openSignedText(
  { TOKEN_SECRET }: Env,
  purpose: string,
  { text, now }: { text: string; now: number },
): Promise<Opened | null> {
  const [end = '', id = '', mac = ''] = text.split('.')
  if (!(await isEqual(mac, await hmac(TOKEN_SECRET, `${purpose} ${end}.${id}`)))) return null
  const expiresAt = Number.parseInt(end, 36)
  return expiresAt > now ? { id, expiresAt } : null
}
