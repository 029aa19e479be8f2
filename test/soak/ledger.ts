/** What the clients know of a comment: what was acknowledged, and what was asked and may have been done. */
export interface Entry {
  id: string
  key: string
  token: string
  /** Every text that may stand, the last acknowledged one first. */
  bodies: string[]
  /** Whether the post was acknowledged. */
  acknowledged: boolean
  /** What became of a wish to take it back. */
  withdrawn: 'no' | 'asked' | 'acknowledged'
}

/** A comment as it is in the database. */
export interface Stored {
  id: string
  body: string
}

/** What the database should have and has not, in words. */
export function losses(entries: Iterable<Entry>, stored: Map<string, Stored>): string[] {
  const found: string[] = []
  for (const { id, bodies, acknowledged, withdrawn } of entries) {
    const kept = stored.get(id)
    if (!kept) {
      if (acknowledged) found.push(`${id} was acknowledged and is not there`)
    } else if (withdrawn === 'acknowledged') {
      if (bodies.includes(kept.body)) found.push(`${id} was taken back and is there`)
    } else if (withdrawn === 'no' && !bodies.includes(kept.body)) found.push(`${id} has other words`)
  }
  return found
}
