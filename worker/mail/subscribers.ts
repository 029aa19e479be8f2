import { hmac, isEqual } from '../crypto.ts'
import type { Env } from '../env.ts'

/** Letters of an id and of what proves it: 132 bits. */
const length = 22

/**
 * The id of whoever an address belongs to, on a site. Addresses that most servers give to one person have one id: case does
 * not matter, nor what follows a `+`; nor do dots where Gmail is the server, by either of its names.
 */
export async function subscriberId(env: Env, siteId: string, address: string): Promise<string> {
  const [, local = '', host = ''] = /^(.*)@([^@]*)$/s.exec(address.toLowerCase()) ?? []
  const [mailbox] = local.split('+')
  const person = gmail.test(host)
    ? `${mailbox?.replaceAll('.', '') || local}@gmail.com`
    : `${mailbox || local}@${host}`
  return (await hmac(env.TOKEN_SECRET, `subscriber ${siteId} ${person}`)).slice(0, length)
}

const gmail = /^g(?:oogle)?mail\.com$/

/** Days within which a link that confirms does so. */
const confirmsFor = 7

/** The same in hours. */
export const confirmingHours = confirmsFor * 24

const day = 86_400_000

/** What a link shows of whom it was sent to. */
export interface SubscriberLink {
  id: string
  /** Whether it confirms: no, or not any more, where it is too old. */
  confirms: 'no' | 'yes' | 'late'
}

const proofOf = async (env: Env, id: string, on: string) =>
  (await hmac(env.TOKEN_SECRET, `subscription ${on} ${id}`)).slice(0, length)

/** The token of a link that shows and ends what a subscriber is told of. It is good for ever. */
export const endingToken = async (env: Env, id: string): Promise<string> =>
  `${id}.${await proofOf(env, id, 'ends')}`

/** The token of a link that confirms, too, for a week. @param now milliseconds since the epoch */
export async function confirmingToken(env: Env, id: string, now: number): Promise<string> {
  const on = String(Math.floor(now / day))
  return `${id}.${on}.${await proofOf(env, id, on)}`
}

/** What a token says, if it is one of ours; else null. @param now milliseconds since the epoch */
export async function readToken(env: Env, token: string, now: number): Promise<SubscriberLink | null> {
  const [, id = '', on = 'ends', proof = ''] = /^([\w-]{22})\.(?:(\d{1,6})\.)?([\w-]{22})$/.exec(token) ?? []
  if (!(await isEqual(proof, await proofOf(env, id, on))) || id === '') return null
  if (on === 'ends') return { id, confirms: 'no' }
  return { id, confirms: Math.floor(now / day) - Number(on) <= confirmsFor ? 'yes' : 'late' }
}
