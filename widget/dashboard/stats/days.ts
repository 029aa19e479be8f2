import { batch, signal } from '@preact/signals'
import type { DailyStats } from '../../../worker/contract/dailyStats.ts'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import { detailOf } from '../core/connection.ts'
import type { Whereabouts } from '../core/location.ts'
import type { Desk } from '../desk.ts'

/** Lengths of ranges that one can choose, in days up to today. */
export const lengths = [7, 30, 90] as const

/** The day some days before today (UTC), in ISO 8601. */
export const dayBefore = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

/** What the figures are asked for at a place, as the end of their address. */
export function queryOf({ site, from, to }: Pick<Whereabouts, 'site' | 'from' | 'to'>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries({ site, from, to })) if (value) params.set(name, value)
  const query = params.toString()
  return query && `?${query}`
}

/** The figures of a range of days; those of the one before stay until the next are here. */
export function daysOf({ connection }: Desk) {
  const stats = signal<DailyStats | null>(null)
  const error = signal<ErrorDetail | null>(null)
  let latest = ''
  async function load(query: string) {
    latest = query
    try {
      const { data } = await connection.ask<DailyStats>('GET', `/v1/stats/days${query}`)
      if (query !== latest) return
      batch(() => {
        stats.value = data
        error.value = null
      })
    } catch (reason) {
      if (query === latest) error.value = detailOf(reason)
    }
  }
  return { stats, error, load }
}
