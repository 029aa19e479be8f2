import type { CacheContext } from '@cloudflare/workers-types'
import { hmac } from '../crypto.ts'
import type { Env } from '../env.ts'

/** Of what readers see something else by now: one thread of a site, or without a thread all of the site. */
export interface Changed {
  siteId: string
  threadId?: number
}

/** What a call into the worker brings along; a cache only where it is deployed. */
export interface PurgeContext {
  waitUntil(work: Promise<unknown>): void
  cache?: Pick<CacheContext, 'purge'>
}

type Secret = Pick<Env, 'TOKEN_SECRET'>

/** Tags that one purge takes. */
const perPurge = 100

/** Tags that the cache has not purged when it was asked to. They go along with the next purge. */
const owed = new Set<string>()

/**
 * The tags of an answer about one thread that readers see, or without one of any other public answer: counts, feeds,
 * and a thread of which they see nothing, so that a hidden one is tagged as one that does not exist.
 */
export async function tagsOf(env: Secret, { siteId, threadId }: Changed): Promise<string[]> {
  return [siteTag(siteId), threadId === undefined ? overviewTag(siteId) : await threadTag(env, threadId)]
}

/**
 * Has the edge forget every answer that a change makes wrong, once the request or batch that made it is over. To be
 * called once for all its changes, even for none: the default entrypoint's own handlers must do it, and how often
 * is limited. Likes don't purge: for a minute they may be missing. What fails is logged, and tried again with the
 * next purge of this isolate; until then answers end by their age.
 */
export function purge(env: Secret, context: PurgeContext, changes: Changed[]): void {
  const { cache } = context
  if (!cache?.purge || (changes.length === 0 && owed.size === 0)) return
  context.waitUntil(purgeAll(env, cache, changes))
}

async function purgeAll(env: Secret, cache: Pick<CacheContext, 'purge'>, changes: Changed[]): Promise<void> {
  const changed = await Promise.all(changes.map((change) => changedTags(env, change)))
  const tags = [...new Set([...owed, ...changed.flat()])]
  owed.clear()
  for (let at = 0; at < tags.length; at += perPurge) await purgeSome(cache, tags.slice(at, at + perPurge))
}

async function purgeSome(cache: Pick<CacheContext, 'purge'>, tags: string[]): Promise<void> {
  try {
    const { success, errors } = await cache.purge({ tags })
    if (success) return
    console.error('edge cache not purged', { tags, errors })
  } catch (error) {
    console.error('edge cache not purged', { tags, error: String(error) })
  }
  // The oldest of many are soon gone by their age.
  for (const tag of tags) if (owed.size < perPurge) owed.add(tag)
}

async function changedTags(env: Secret, { siteId, threadId }: Changed): Promise<string[]> {
  return threadId === undefined ? [siteTag(siteId)] : [overviewTag(siteId), await threadTag(env, threadId)]
}

const siteTag = (siteId: string) => `site-${siteId}`

const overviewTag = (siteId: string) => `overview-${siteId}`

/** Threads are numbered in turn: their numbers would tell of those that readers don't see. */
const threadTag = async ({ TOKEN_SECRET }: Secret, threadId: number) =>
  `thread-${(await hmac(TOKEN_SECRET, `thread ${threadId}`)).slice(0, 16)}`
