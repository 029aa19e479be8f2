import {
  addressHash,
  allowOrigin,
  bearer,
  type Ctx,
  limitReader,
  refuseBanned,
  siteOf,
} from '../../access/identity.ts'
import type { Site } from '../../contract/site.ts'
import { digest } from '../../crypto.ts'
import { Refusal } from '../../http/refusal.ts'
import * as authors from '../../store/authors.ts'
import { type Target, target } from '../../store/reactions.ts'

/** Who likes or flags: anyone with a token, whether they ever wrote or not. */
export interface Reader {
  site: Site
  /** The hash of their token. */
  hash: string
  address: string | null
  /** Milliseconds since the epoch. */
  now: number
}

/**
 * The reader who asks, from a page of the site.
 *
 * @throws Refusal `unknown_site`, `wrong_origin`, `unauthorized`, `rate_limited` or `banned`
 */
export async function readerOf(c: Ctx): Promise<Reader> {
  const now = Date.now()
  const site = await siteOf(c)
  allowOrigin(c, site)
  const token = bearer(c)
  if (!token) throw new Refusal('unauthorized', { message: 'Send the reader’s token as a bearer.' })
  await limitReader(c, site)
  const hash = await digest(token)
  const author = await authors.find(c.env.DB, site.id, hash)
  await refuseBanned(c, site, author?.publicId ?? null, now)
  return { site, hash, address: await addressHash(c, now), now }
}

/**
 * The shown comment of another author that the path names. What readers don't see is told as what is
 * not there.
 *
 * @throws Refusal `not_found`, or `forbidden` for one's own
 */
export async function othersComment(c: Ctx, { site, hash }: Reader): Promise<Target> {
  const id = (c.req.param('id') ?? '').toLowerCase()
  const comment = await target(c.env.DB, site.id, id, hash)
  if (!comment) throw new Refusal('not_found')
  if (comment.own) throw new Refusal('forbidden', { message: 'This comment is your own.' })
  return comment
}
