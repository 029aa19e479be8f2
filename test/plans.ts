/** A statement that was carried out. */
export interface AskedStatement {
  text: string
  /** Rows that it read. */
  read: number
  /** How the database carried it out, step by step. */
  plan: string[]
}

/** Tables that have a row a site, or only one, or of which one row is looked at: they may be read whole. */
const small = new Set([
  ...['sites', 'tallies', 'totals', 'roll_ups', 'progress', 'screening_rounds', 'scrubbing'],
  ...['unscreened', 'unindexed'],
])

/**
 * Tables that grow with what people do, and that a statement reads from one end to the other without an index. A plan
 * calls them as the statement does, and what the statement makes on its way may be called alike.
 */
export function scansOf({ text, plan }: Pick<AskedStatement, 'text' | 'plan'>): string[] {
  const named = Array.from(text.matchAll(/\b(?:FROM|JOIN)\s+([a-z_]+)(?:\s+(?:AS\s+)?([a-z]+)\b)?/g))
  const made = new Set(
    Array.from(text.matchAll(/\b([a-z_]+)\s*(?:\([^()]*\)\s*)?AS\s*\(/g), ([, name]) => name),
  )
  const count = (step: string) => plan.filter((one) => one === step).length
  const scanned = new Set(plan.flatMap((step) => /^SCAN ([a-z_]+)$/.exec(step)?.[1] ?? []))
  return [...scanned].flatMap((name) => {
    const own = count(`CO-ROUTINE ${name}`) + count(`MATERIALIZE ${name}`)
    if (made.has(name) || count(`SCAN ${name}`) <= own) return []
    const table = named.find(([, table, alias]) => (alias ?? table) === name || table === name)?.[1]
    return table === undefined || small.has(table) || made.has(table) ? [] : table
  })
}
