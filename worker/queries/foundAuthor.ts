import { type FoundAuthor, mostAddresses, mostLookedAt } from '../contract/persons.ts'
import { statuses } from '../contract/status.ts'
import { iso } from '../store/database.ts'
import type { FoundRow, SignedRow } from '../store/persons.ts'

/**
 * An author who may be a person, as staff see them.
 *
 * @param signed how their latest comments are signed
 */
export function foundAuthor(row: FoundRow, signed: SignedRow[]): FoundAuthor {
  const worded = signed.filter(({ erased }) => !erased).sort((one, other) => other.until - one.until)
  const sum = (rows: SignedRow[], of: 'count' | 'appeals' = 'count') =>
    rows.reduce((total, one) => total + one[of], 0)
  const some = (texts: string[]) => [...new Set(texts)].slice(0, mostAddresses)
  const times = signed.flatMap(({ since, until }) => [since, until])
  return {
    ...{ id: row.publicId, site: { id: row.siteId, name: row.siteName }, browser: row.browser + 1 },
    name: worded[0]?.name ?? null,
    comments: sum(worded),
    statuses: Object.fromEntries(
      statuses.map((status) => [status, sum(signed.filter((one) => one.status === status))]),
    ) as FoundAuthor['statuses'],
    since: times.length ? iso(Math.min(...times)) : null,
    until: times.length ? iso(Math.max(...times)) : null,
    more: sum(signed) === mostLookedAt,
    names: some(worded.map(({ name }) => name)),
    emails: some(worded.flatMap(({ email }) => email ?? [])),
    appeals: sum(worded, 'appeals'),
    ...{ flags: row.flags, subscriptions: row.subscriptions, notes: row.notes, banned: row.banned === 1 },
    erasure: erasureOf(row, worded.length > 0),
  }
}

function erasureOf({ erasureBeganAt, erasureEndedAt }: FoundRow, hasWords: boolean): FoundAuthor['erasure'] {
  if (erasureBeganAt === null) return null
  if (erasureEndedAt === null) return 'working'
  return hasWords ? null : 'done'
}
