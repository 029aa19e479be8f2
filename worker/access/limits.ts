import type { Network } from '../contract/networks.ts'
import { isLoopback } from '../contract/origin.ts'
import type { Site } from '../contract/site.ts'
import type { Env } from '../env.ts'
import { networksAsking } from '../http/address.ts'
import { Refusal } from '../http/refusal.ts'
import type * as authors from '../store/authors.ts'
import { isLow, type Spent } from './dayBudget.ts'
import type { Ctx } from './identity.ts'

/** What counts apart from other things that the same network does. */
type Kind = 'write' | 'challenge' | 'subscribe' | 'react'

type Limit = 'ADDRESS_LIMIT' | 'SUBNET_LIMIT' | 'NETWORK_LIMIT' | 'READER_LIMIT' | 'READERS_LIMIT'

/** The limit that each width of a network has. Reactions are many, and small. */
const limitOf: Record<Kind, Record<Network['width'], Limit>> = {
  write: { address: 'ADDRESS_LIMIT', subnet: 'SUBNET_LIMIT', network: 'NETWORK_LIMIT' },
  challenge: { address: 'ADDRESS_LIMIT', subnet: 'SUBNET_LIMIT', network: 'NETWORK_LIMIT' },
  subscribe: { address: 'ADDRESS_LIMIT', subnet: 'SUBNET_LIMIT', network: 'NETWORK_LIMIT' },
  react: { address: 'READER_LIMIT', subnet: 'READER_LIMIT', network: 'READERS_LIMIT' },
}

/** Seconds in which a limit counts. */
const period = 60

/** Whether nothing is counted, for a load test. */
export const isOff = ({ env, req }: Ctx) => env.RATE_LIMIT === 'off' && isLoopback(new URL(req.url).hostname)

const isLeft = async (env: Env, limit: Limit | 'NEWCOMER_LIMIT' | 'SITE_LIMIT', key: string) =>
  (await env[limit].limit({ key })).success

/**
 * Counts a request against the networks that it comes from, whatever is in it.
 *
 * @throws Refusal `rate_limited`
 */
export async function limitNetworks(c: Ctx, site: Pick<Site, 'id'>, kind: Kind): Promise<void> {
  if (isOff(c)) return
  for (const { width, name } of networksAsking(c.req.raw))
    if (!(await isLeft(c.env, limitOf[kind][width], `${kind} ${site.id} ${name}`))) throw tooMuch(kind)
}

/**
 * Counts a request that has pages of a site asked, whoever of its staff makes it.
 *
 * @throws Refusal `rate_limited`
 */
export async function limitAsking(c: Ctx, site: Site): Promise<void> {
  if (!isOff(c) && !(await isLeft(c.env, 'READER_LIMIT', `pages ${site.id}`))) throw tooMuch('react')
}

/** Who writes, where they are known. */
type Writer = Pick<authors.Author, 'publicId' | 'vouched'>

/**
 * Counts what somebody writes: against their networks, and where people have approved of them before against
 * themselves alone, so that nobody else can silence them.
 *
 * @throws Refusal `rate_limited`
 */
export async function limitWriting(c: Ctx, site: Site, author: Writer | null): Promise<void> {
  if (!author?.vouched) return limitNetworks(c, site, 'write')
  if (!isOff(c) && !(await isLeft(c.env, 'ADDRESS_LIMIT', `author ${author.publicId}`)))
    throw tooMuch('write')
}

/** What the newcomers of a site may post together. */
export interface Quota {
  /** Counts a post that proved nothing; whether so many came that newcomers must prove that they are people. */
  runsLow(spent: Spent): Promise<boolean>
  /**
   * Counts a post that nothing else speaks against.
   *
   * @throws Refusal `rate_limited`
   */
  spend(): Promise<void>
}

/** The quota of a site. */
export const quotaOf = (c: Ctx, site: Site): Quota => ({
  runsLow: async (spent) =>
    !isOff(c) && (isLow(site, spent) || !(await isLeft(c.env, 'NEWCOMER_LIMIT', site.id))),
  spend: async () => {
    if (!isOff(c) && !(await isLeft(c.env, 'SITE_LIMIT', site.id))) throw tooMuch('write')
  },
})

const tooMuch = (kind: Kind) =>
  new Refusal('rate_limited', {
    ...((kind === 'react' || kind === 'subscribe') && {
      message: 'Too much in a short time. Wait a little, then try again.',
    }),
    retryAfter: period,
  })
