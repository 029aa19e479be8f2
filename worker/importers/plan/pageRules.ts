import { canonicalKey } from '../../contract/canonicalKey.ts'

/** Where one page went, or all below a prefix. */
export interface PageRule {
  /** An address or a path as the file has it; `*` at its end stands for whatever follows. */
  from: string
  /** The address or path here; `*` at its end is what stood for it. Empty where the page is left out. */
  to: string
}

/** What is wrong with a line of a mapping. */
export interface RuleFlaw {
  line: number
  message: string
}

/** Reads a mapping: a rule a line, `/old -> /new`; empty lines and those that begin with `#` say nothing. */
export function readPageRules(text: string): { rules: PageRule[]; flaws: RuleFlaw[] } {
  const rules: PageRule[] = []
  const flaws: RuleFlaw[] = []
  for (const [index, whole] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const line = whole.trim()
    if (!line || line.startsWith('#')) continue
    const arrow = /\s*(?:\s->(?=\s|$)|→|\t)\s*/.exec(line)
    const rule = arrow && {
      from: line.slice(0, arrow.index).trim(),
      to: line.slice(arrow.index + arrow[0].length).trim(),
    }
    const message = rule ? flawOf(rule) : 'A line is "/old -> /new"; "/old ->" leaves a page out.'
    if (message) flaws.push({ line: index + 1, message })
    else if (rule) rules.push(rule)
  }
  return { rules, flaws }
}

/** What is wrong with a rule, in English; null where nothing is. */
export function flawOf({ from, to }: PageRule): string | null {
  if (!from) return 'Before the arrow, there is nothing.'
  if (from.slice(0, -1).includes('*')) return `"*" stands at the end of an address alone: ${from}`
  if (to.slice(0, -1).includes('*')) return `"*" stands at the end of an address alone: ${to}`
  if (to.endsWith('*') && !from.endsWith('*')) return `"*" stands for nothing where ${from} has none.`
  return null
}

/**
 * A mapping, to be asked where pages went. A page of its own goes before a prefix, a longer prefix before a shorter one,
 * and an address with a host before a path alone. What comes out is not mapped again.
 *
 * @returns for an address what it is here, '' where it is left out; the address itself where no rule is of it
 */
export function pageMapping(rules: readonly PageRule[]): (address: string) => string {
  if (!rules.length) return (address) => address
  const pages = new Map<string, string>()
  const prefixes: { start: string; to: string }[] = []
  for (const { from, to } of rules) {
    if (from.endsWith('*')) prefixes.push({ start: startOf(from.slice(0, -1)), to })
    else pages.set(named(from), to)
  }
  prefixes.sort((one, other) => other.start.length - one.start.length)
  return (address) => {
    const names = [...new Set([named(address), canonicalKey(address)])]
    for (const name of names) {
      const to = pages.get(name)
      if (to !== undefined) return to
    }
    for (const name of names)
      for (const { start, to } of prefixes) {
        if (!name.startsWith(start) && `${name}/` !== start) continue
        return to.endsWith('*') ? to.slice(0, -1) + name.slice(start.length) : to
      }
    return address
  }
}

/** A page's key, with its host before it where an address names one. */
function named(address: string): string {
  const { host } = URL.canParse(address) ? new URL(address) : { host: '' }
  const key = canonicalKey(address)
  return host && key.startsWith('/') ? `//${host}${key}` : key
}

/** How the names of all pages below a prefix begin. */
const startOf = (prefix: string): string =>
  named(`${prefix}${/^https?:\/\/[^/]*$/i.test(prefix) ? '/' : ''}x`).slice(0, -1)
