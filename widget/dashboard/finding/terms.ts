import { parseSearch, type SearchOperator, searchText } from '../../../worker/contract/searchQuery.ts'

/** The value that a search has for an operator, without a minus; empty where it has none. */
export function valueIn(q: string, operator: SearchOperator): string {
  return parseSearch(q).terms?.find((term) => term.operator === operator && !term.not)?.value ?? ''
}

/** Whether a search has an operator with this value. */
export const hasValue = (q: string, operator: SearchOperator, value: string): boolean =>
  parseSearch(q).terms?.some((term) => term.operator === operator && term.value === value && !term.not) ??
  false

/** A search with this value for an operator in place of those it has; without it where the value is empty. */
export function withValue(q: string, operator: SearchOperator, value: string): string {
  const others = (parseSearch(q).terms ?? []).filter((term) => term.operator !== operator || term.not)
  return searchText(value === '' ? others : [...others, { operator, value, not: false }])
}

/** A search with this value besides, or without it where it has it. */
export function toggled(q: string, operator: SearchOperator, value: string): string {
  const terms = parseSearch(q).terms ?? []
  const others = terms.filter((term) => term.operator !== operator || term.value !== value || term.not)
  return searchText(others.length < terms.length ? others : [...terms, { operator, value, not: false }])
}
