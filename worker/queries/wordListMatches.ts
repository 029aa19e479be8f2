import type { World } from '../commands/world.ts'
import { mostMatched, type WordListMatches } from '../contract/wordListMatches.ts'
import type { WordList } from '../contract/wordLists.ts'
import { readFacts } from '../jobs/keptFacts.ts'
import { foundBy } from '../moderation/foundBy.ts'
import { heldTexts } from '../store/heldTexts.ts'
import { lists } from '../store/wordLists.ts'
import { excerpt } from './excerpt.ts'

/** How much of a comment is shown, in characters. */
const shown = 80

/** The comments of a site that wait and that one of its lists has words of. @param after where the page before ended */
export async function wordListMatches(
  { db }: World,
  { siteId, list, after }: { siteId: string; list: WordList; after: number | null },
): Promise<WordListMatches> {
  const [entries, rows] = await Promise.all([
    lists(db, siteId),
    heldTexts(db, siteId, { after, limit: mostMatched }),
  ])
  return {
    items: rows.flatMap(({ id, name, body, facts }) => {
      const { links } = facts === null ? { links: [] } : readFacts(facts)
      const found = foundBy(list, entries[list], { name, body, links })
      return found === null ? [] : [{ commentId: id, author: name, excerpt: excerpt(body, shown), found }]
    }),
    looked: rows.length,
    next: rows.length === mostMatched ? String(rows.at(-1)?.seq) : null,
  }
}
