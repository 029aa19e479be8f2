import { hmac, isEqual } from '../crypto.ts'
import type { Env } from '../env.ts'

/** What a link of ours is for: one that is signed for something else opens nothing. */
export type LinkPurpose = 'decide' | 'staff address' | 'person proof' | 'person'

/** What a link says, and until when (milliseconds since the epoch). */
export interface SignedLink {
  parts: string[]
  expiresAt: number
}

const separator = '~'

/**
 * Signs what a link says, so that it opens without a session and nothing of it is kept. Whoever has the link has what it
 * opens: it goes to one person, ends soon, and opens little.
 *
 * @param parts texts of `[\w-]`; they can be read in the link
 */
export async function signLink(
  env: Pick<Env, 'TOKEN_SECRET'>,
  purpose: LinkPurpose,
  { parts, expiresAt }: SignedLink,
): Promise<string> {
  const text = [...parts, Math.floor(expiresAt / 1000).toString(36)].join(separator)
  return `${text}${separator}${await macOf(env, purpose, text)}`
}

/** What a link says that we signed for a purpose; null where we did not. Whether it has ended is for the caller to say. */
export async function openLink(
  env: Pick<Env, 'TOKEN_SECRET'>,
  purpose: LinkPurpose,
  token: string,
): Promise<SignedLink | null> {
  if (!/^[\w~-]{1,400}$/.test(token)) return null
  const at = token.lastIndexOf(separator)
  const text = token.slice(0, Math.max(0, at))
  if (!(await isEqual(token.slice(at + 1), await macOf(env, purpose, text)))) return null
  const parts = text.split(separator)
  return { expiresAt: Number.parseInt(parts.pop() ?? '', 36) * 1000, parts }
}

const macOf = ({ TOKEN_SECRET }: Pick<Env, 'TOKEN_SECRET'>, purpose: LinkPurpose, text: string) =>
  hmac(TOKEN_SECRET, `link ${purpose} ${text}`)
