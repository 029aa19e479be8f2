import { useSignal } from '@preact/signals'
import type { StaffThread } from '../../../worker/contract/staffThread.ts'
import { formatMessage, tag, words } from '../core/words.ts'
import type { Thread } from './thread.ts'

const pauses = [0, 10, 30, 60, 300, 900, 3_600, 21_600]
const days = [7, 14, 30, 60, 90, 180, 365]

/** A span of time as the language says it. */
function spanOf(seconds: number): string {
  const [unit, size] =
    seconds % 3_600 === 0
      ? (['hour', 3_600] as const)
      : seconds % 60 === 0
        ? (['minute', 60] as const)
        : (['second', 1] as const)
  return inUnit(seconds / size, unit)
}

const inUnit = (count: number, unit: 'second' | 'minute' | 'hour' | 'day') =>
  new Intl.NumberFormat(tag(), { style: 'unit', unit, unitDisplay: 'long' }).format(count)

/** The choices there are, with what is so now. */
const withNow = (choices: number[], now: number | null) =>
  now === null || choices.includes(now) ? choices : [...choices, now].sort((one, other) => one - other)

/** How fast a thread takes comments, and when it closes by itself: saved together. */
export function TakingForm({ thread, found }: { thread: Thread; found: StaffThread }) {
  const pause = useSignal(found.slowSeconds)
  const end = useSignal(found.closeAfterDays)
  const w = words('thread')
  const { siteCloseAfterDays } = found
  const ofSite = siteCloseAfterDays
    ? formatMessage(w.after, { time: inUnit(siteCloseAfterDays, 'day') })
    : w.never
  const isChanged = pause.value !== found.slowSeconds || end.value !== found.closeAfterDays
  return (
    <form
      class="line-form"
      onSubmit={(event) => {
        event.preventDefault()
        thread.set({ slowSeconds: pause.peek(), closeAfterDays: end.peek() })
      }}
    >
      <label class="grow">
        <span>{w.slow}</span>
        <select
          value={pause.value}
          onChange={(event) => {
            pause.value = Number(event.currentTarget.value)
          }}
        >
          {withNow(pauses, found.slowSeconds).map((seconds) => (
            <option key={seconds} value={seconds}>
              {seconds ? formatMessage(w.every, { time: spanOf(seconds) }) : w.noPause}
            </option>
          ))}
        </select>
      </label>
      <label class="grow">
        <span>{w.ends}</span>
        <select
          value={end.value ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget
            end.value = value === '' ? null : Number(value)
          }}
        >
          <option value="">{formatMessage(w.asSite, { rule: ofSite })}</option>
          <option value={0}>{w.never}</option>
          {withNow(days, found.closeAfterDays)
            .filter((count) => count > 0)
            .map((count) => (
              <option key={count} value={count}>
                {formatMessage(w.after, { time: inUnit(count, 'day') })}
              </option>
            ))}
        </select>
      </label>
      <p class="whole quiet">{w.takingNote}</p>
      {isChanged && (
        <p class="whole acts">
          <button type="submit" class="primary">
            {w.save}
          </button>
          <button
            type="button"
            onClick={() => {
              pause.value = found.slowSeconds
              end.value = found.closeAfterDays
            }}
          >
            {w.discard}
          </button>
        </p>
      )}
    </form>
  )
}
