import type { ImportedComment } from '../contract/imports.ts'
import { erasedAmong } from '../store/erasedPersons.ts'
import { printsOfImported } from './erasedPrints.ts'
import type { World } from './world.ts'

/**
 * Comments that an import brings, those of whom was erased on the site without words: others may have answered them. Somebody is
 * known by their e-mail address or by what the import calls them, and not by a name.
 */
export async function withoutErased(
  { env, db }: Pick<World, 'env' | 'db'>,
  siteId: string,
  comments: ImportedComment[],
): Promise<ImportedComment[]> {
  const authors = new Map(comments.map(({ author }) => [`${author.id} ${author.email}`, author]))
  const prints = new Map(
    await Promise.all(
      Array.from(
        authors,
        async ([key, author]) => [key, await printsOfImported(env, siteId, author)] as const,
      ),
    ),
  )
  const erased = await erasedAmong(db, siteId, [...new Set([...prints.values()].flat())])
  if (erased.size === 0) return comments
  return comments.map((comment) => {
    const { author } = comment
    const isErased =
      author.staffId === null && prints.get(`${author.id} ${author.email}`)?.some((one) => erased.has(one))
    return isErased ? wordless(comment) : comment
  })
}

/** A comment of nobody, of which others were told that it was there. */
const wordless = ({ id, parentId, key, createdAt }: ImportedComment): ImportedComment => ({
  ...{ id, parentId, key, createdAt, editedAt: null, body: '', status: 'deleted', decided: false, likes: 0 },
  author: { id: '0'.repeat(32), name: '', email: null, url: null, staffId: null },
  pinned: false,
})
