import { signal } from '@preact/signals'
import { relativeTime } from '../../common/i18n.ts'
import { tag } from '../core/words.ts'
import { absoluteTime } from '../core/zone.ts'

let timer: ReturnType<typeof setInterval>

/** The present, as often as relative times need it, while any is on screen. */
const now = signal(Date.now(), {
  watched() {
    timer = setInterval(() => {
      this.value = Date.now()
    }, 20_000)
  },
  unwatched() {
    clearInterval(timer)
  },
})

/** How long ago, with the moment itself on hover; `absolute` shows the moment. */
export function Time({ at, absolute = false }: { at: string; absolute?: boolean }) {
  const moment = absoluteTime(at, tag())
  const ago = relativeTime(at, tag(), Math.max(now.value, Date.parse(at)))
  return (
    <time dateTime={at} title={absolute ? ago : moment}>
      {absolute ? moment : ago}
    </time>
  )
}
