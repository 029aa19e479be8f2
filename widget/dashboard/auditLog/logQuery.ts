import type { Whereabouts } from '../core/location.ts'

/** What the log is asked for at a place, as the end of its address. */
export function queryOf({ site, person, act, author, ids, from, to }: Whereabouts): string {
  const params = new URLSearchParams()
  const asked = { site, person, act, author, comment: ids, from: momentOf(from), to: momentOf(to, 1) }
  for (const [name, value] of Object.entries(asked)) if (value) params.set(name, value)
  const query = params.toString()
  return query && `?${query}`
}

/** The start of a day of the viewer's, or of one some days later. */
function momentOf(date: string, later = 0): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const moment = new Date(year, month - 1, day + later)
  return date && !Number.isNaN(moment.getTime()) ? moment.toISOString() : ''
}
