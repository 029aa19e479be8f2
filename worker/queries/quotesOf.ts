import { may, type Powers } from '../access/permissions.ts'
import type { World } from '../commands/world.ts'
import { mostQuoted, type Quotes } from '../contract/quotes.ts'
import { hasQuote, isQuoted, quotable } from '../moderation/text/quotes.ts'
import { databaseOf, iso } from '../store/database.ts'
import * as store from '../store/quotes.ts'
import { excerpt } from './excerpt.ts'
import { requireNoted } from './noted.ts'

/** Characters that are told of a comment. */
const told = 280

/**
 * Comments of others that quote an author, in the branches where they wrote. What was erased can be compared with nothing any
 * more: of its answers those are told that quote anything. It takes three round trips to the database.
 *
 * @throws Refusal `not_found`
 */
export async function quotesOf({ env }: World, id: string, by: Powers): Promise<Quotes> {
  const { siteId, number: author } = await requireNoted({ env }, { kind: 'author', id })
  const db = databaseOf(env, siteId)
  const theirs = may(by, 'authors.erase', siteId) ? await store.quotedOf(db, author) : []
  const roots = [...new Set(theirs.map(({ rootSeq }) => rootSeq))]
  const { answers, more } =
    roots.length === 0 ? { answers: [], more: false } : await store.answersIn(db, { roots, author })
  const erased = new Set(theirs.flatMap((one) => (one.erased ? one.seq : [])))
  const quoting = new Set(
    answers
      .filter(({ parentSeq, body }) => erased.has(parentSeq) && hasQuote(body))
      .map(({ id: one }) => one),
  )
  const branches = Map.groupBy(answers, ({ rootSeq }) => rootSeq)
  // One after the other: what a comment is compared by takes many times its own room.
  for (const { rootSeq, body } of theirs.filter((one) => !one.erased && branches.has(one.rootSeq))) {
    const source = quotable(body)
    for (const answer of branches.get(rootSeq) ?? [])
      if (!quoting.has(answer.id) && isQuoted(source, answer.body)) quoting.add(answer.id)
  }
  const found = answers.filter((answer) => quoting.has(answer.id))
  return {
    items: found.map(({ id: comment, name, body, status, key, title, createdAt }) => ({
      ...{ id: comment, name, excerpt: excerpt(body, told), status, page: { key, title } },
      createdAt: iso(createdAt),
    })),
    more: theirs.length === mostQuoted || more,
  }
}
