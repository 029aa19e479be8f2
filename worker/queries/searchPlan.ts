import { type SearchTerm, startOf } from '../contract/searchQuery.ts'
import { expressionOf, type Search } from '../search/expression.ts'
import { isAscending, type QueuePosition } from '../store/queueOrder.ts'
import { end, isPosition, startPosition } from '../store/searchPositions.ts'

/** What is searched for, and which part of it is wanted. */
export interface AskedSearch extends Search {
  /** These comments and no others. */
  ids: string[] | null
  after: QueuePosition | null
  limit: number
  /** Whether all comments are looked at where there is no index, and not the latest alone. */
  isThorough?: boolean
}

/** Where in the index a search looks, and in which order. */
export interface SearchPlan {
  expression: string
  order: 'ASC' | 'DESC'
  above: number
  below: number
}

/** How a search is put to the index, after the page before. */
export function planOf(search: Search, after: QueuePosition | null): SearchPlan {
  const order = isAscending({ tab: search.tab, sort: 'waiting' }) ? 'ASC' : 'DESC'
  const times = (operator: SearchTerm['operator']) =>
    search.terms.flatMap((term) =>
      term.operator === operator && !term.not ? (startOf(term.value) ?? []) : [],
    )
  const plan = {
    expression: expressionOf(search),
    order,
    above: Math.max(-1, ...times('after').map((time) => startPosition(time) - 1)),
    below: Math.min(end, ...times('before').map(startPosition)),
  } as const
  if (!after || !isPosition(after.seq)) return plan
  return order === 'ASC'
    ? { ...plan, above: Math.max(plan.above, after.seq) }
    : { ...plan, below: Math.min(plan.below, after.seq) }
}
