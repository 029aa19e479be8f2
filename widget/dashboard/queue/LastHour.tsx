import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { QueuePace } from '../../../worker/contract/queuePace.ts'
import { formatMessage, tag, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'

/** What there is to say where nothing waits: the last hour's work, or the latest of it where much was done, and when the next comment is likely. */
export function LastHour() {
  const { connection, place } = useDesk()
  const pace = useSignal<QueuePace | null>(null)
  const { site } = place.here.value
  useEffect(() => {
    const query = site && `?${new URLSearchParams({ site })}`
    connection.ask<QueuePace>('GET', `/v1/queue/pace${query}`).then(
      ({ data }) => {
        pace.value = data
      },
      // It is told when it is known; nobody waits for it.
      () => {},
    )
  }, [connection, pace, site])
  if (!pace.value) return null
  return <p class="quiet">{paceWords(pace.value)}</p>
}

/** The same in words. */
export function paceWords({ decided, screened, seconds, complete, nextInSeconds }: QueuePace): string {
  const { comma, space } = words()
  const w = words('pace')
  const parts = Object.entries({ ...decided, screened }).flatMap(([name, count]) =>
    count > 0 ? [formatMessage(w[name as keyof typeof decided | 'screened'], { count })] : [],
  )
  const did = parts.length
    ? formatMessage(complete ? w.did : w.since, { time: timeOf(seconds), parts: parts.join(comma) })
    : complete
      ? w.nothing
      : ''
  const next = nextInSeconds === null ? '' : formatMessage(w.next, { when: inTime(nextInSeconds) })
  return [did, next].filter(Boolean).join(space)
}

/** A stretch of less than an hour; in the short form, which no language has to decline. */
function timeOf(seconds: number): string {
  const [count, unit] = seconds < 60 ? [seconds, 'second'] : [Math.floor(seconds / 60), 'minute']
  return new Intl.NumberFormat(tag(), { style: 'unit', unit, unitDisplay: 'short' }).format(count as number)
}

/** In how much time, in the unit that says it shortest. */
function inTime(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60))
  const [count, unit] =
    minutes < 90
      ? ([minutes, 'minute'] as const)
      : minutes < 36 * 60
        ? ([Math.round(minutes / 60), 'hour'] as const)
        : ([Math.round(minutes / 1440), 'day'] as const)
  return new Intl.RelativeTimeFormat(tag()).format(count, unit)
}
