/**
 * Reads a list that is kept by site: of all sites at once, or of some one by one, put together in order. So each
 * site's own index serves it.
 *
 * @param siteIds null for all
 * @param read the first items of a site, or of all where it is null; at most `limit`
 * @param order how two items stand to each other
 */
export async function perSite<Item>(
  siteIds: string[] | null,
  read: (siteId: string | null) => Promise<Item[]>,
  { order, limit }: { order: (one: Item, other: Item) => number; limit: number },
): Promise<Item[]> {
  if (siteIds === null) return read(null)
  const lists = await Promise.all(siteIds.map(read))
  return lists.length === 1 ? (lists[0] as Item[]) : lists.flat().sort(order).slice(0, limit)
}
