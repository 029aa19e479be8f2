import type { World } from '../commands/world.ts'
import { Refusal } from '../http/refusal.ts'
import * as sites from '../store/sites.ts'
import * as threads from '../store/threads.ts'

/**
 * Shown comments of some of a site's threads, by key; those without any are left out.
 *
 * @throws Refusal `unknown_site`
 */
export async function counts(
  { db }: World,
  { siteId, keys }: { siteId: string; keys: string[] },
): Promise<Map<string, number>> {
  const [site, found] = await Promise.all([sites.find(db, siteId), threads.counts(db, siteId, keys)])
  if (!site) throw new Refusal('unknown_site')
  return found
}
