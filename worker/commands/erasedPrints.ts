import { joined, ofAddress } from '../contract/importedAuthors.ts'
import { digestBytes, hmac } from '../crypto.ts'
import type { Env } from '../env.ts'
import { importedKey } from '../store/importedKey.ts'

/** By what somebody is known again on a site who was erased there: see `store/erasedPersons.ts`. */
const printOf = ({ TOKEN_SECRET }: Pick<Env, 'TOKEN_SECRET'>, siteId: string, what: string) =>
  hmac(TOKEN_SECRET, `erased ${siteId} ${what}`)

/**
 * The prints of somebody who is erased: of each address, in whatever case, and of what an import calls whoever has it, whether or
 * not it brings addresses.
 *
 * @param tokenHash of the author; an imported one has a name of its own
 */
export async function printsOf(
  env: Pick<Env, 'TOKEN_SECRET'>,
  siteId: string,
  { addresses, tokenHash }: { addresses: string[]; tokenHash: string },
): Promise<string[]> {
  const names = await Promise.all(addresses.map((one) => nameOf(siteId, one)))
  const keys = [...names.map(importedKey), ...(tokenHash.startsWith(importedKey('')) ? [tokenHash] : [])]
  return Promise.all([...addresses.map(addressed), ...keys].map((one) => printOf(env, siteId, one)))
}

/** The prints of whoever wrote a comment that an import brings. */
export const printsOfImported = (
  env: Pick<Env, 'TOKEN_SECRET'>,
  siteId: string,
  { id, email }: { id: string; email: string | null },
): Promise<string[]> =>
  Promise.all(
    [importedKey(id), ...(email === null ? [] : [addressed(email)])].map((one) => printOf(env, siteId, one)),
  )

const addressed = (email: string) => `address ${email.trim().toLowerCase()}`

/** What an import calls somebody with an address: the first half of a hash. */
async function nameOf(siteId: string, email: string): Promise<string> {
  const bytes = (await digestBytes(joined(ofAddress(siteId, email)))).subarray(0, 16)
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
