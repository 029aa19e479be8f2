import { fingerprint } from '../crypto.ts'
import type { Env } from '../env.ts'
import { openLink, signLink } from './signedLink.ts'

/** Minutes that a mailed link holds, and as many that its page does. */
export const proofMinutes = 60

/**
 * What proves that somebody has an e-mail address: something of theirs that has it, since the address itself stands in no link.
 */
export interface PersonLink {
  /** A comment, or what they are told by mail. */
  trace: { of: 'comment' | 'subscriber'; id: string }
  /** Of the address in small letters: the link ends where the thing has another one by now. */
  print: string
  /** By which the link is used up. */
  once: string
  /** Milliseconds since the epoch. */
  expiresAt: number
}

/** Whether a link is one that a mail has, or one that its page goes on with. */
type Purpose = 'person proof' | 'person'

/** The print of an address. @param address in small letters */
export const printOf = (address: string): Promise<string> => fingerprint(`person ${address}`)

/** The token of a link. */
export const personToken = (
  env: Pick<Env, 'TOKEN_SECRET'>,
  purpose: Purpose,
  { trace, print, once, expiresAt }: PersonLink,
): Promise<string> => signLink(env, purpose, { parts: [trace.of, trace.id, print, once], expiresAt })

/** What a token of ours says; null where it is not ours, or has ended. */
export async function openPersonToken(
  env: Pick<Env, 'TOKEN_SECRET'>,
  purpose: Purpose,
  { token, now }: { token: string; now: number },
): Promise<PersonLink | null> {
  const link = await openLink(env, purpose, token)
  if (!link || link.expiresAt <= now) return null
  const [of, id = '', print = '', once = ''] = link.parts
  if (of !== 'comment' && of !== 'subscriber') return null
  return { trace: { of, id }, print, once, expiresAt: link.expiresAt }
}
