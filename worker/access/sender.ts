import type { World } from '../commands/world.ts'
import { isWithin } from '../contract/ipAddress.ts'
import { isShared } from '../contract/networks.ts'
import { hmac, randomToken } from '../crypto.ts'
import { Refusal } from '../http/refusal.ts'
import type * as authors from '../store/authors.ts'
import type { BanInForce } from '../store/bans.ts'
import { dailySecret } from '../store/retention.ts'

/** Who sends what readers and authors may send, known by the token that they bring or by none. */
export interface Sender {
  token: string | null
  /** Of the token. */
  hash: string | null
  /** Who wrote with that token before. */
  author: authors.Author | null
  /** Where they send from; null where a program does it for them. */
  address: string | null
}

/**
 * What an address may be known by: an HMAC under a secret that exists for a day only; null where there is none or
 * many share it.
 */
export async function addressHash({ db, now }: World, address: string | null): Promise<string | null> {
  if (address === null || isShared(address)) return null
  return hmac(await dailySecret(db, new Date(now).toISOString().slice(0, 10), randomToken()), address)
}

/** Refuses a banned author or address. @param author their public id, where they have one */
export function refuseBanned(
  bans: BanInForce[],
  { author, address }: { author: string | null; address: string | null },
): void {
  const ban = bans.find(({ kind, value }) =>
    kind === 'author' ? value === author : address !== null && isWithin(address, value),
  )
  if (!ban) return
  const until = ban.until === null ? '' : ` until ${new Date(ban.until).toISOString()}`
  throw new Refusal('banned', { message: `You can’t post here${until}.` })
}
