import { signal } from '@preact/signals'
import { absoluteTime as inBrowsersZone } from '../../common/i18n.ts'

/** The time zone that somebody chose for themselves; null for the browser's. */
export const chosenZone = signal<string | null>(null)

/** The browser's own time zone. */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

const formats = new Map<string, Intl.DateTimeFormat>()

/** A moment in words, in the chosen time zone. */
export function absoluteTime(at: string, tag: string): string {
  const timeZone = chosenZone.value
  if (!timeZone) return inBrowsersZone(at, tag)
  const key = `${tag} ${timeZone}`
  try {
    const format =
      formats.get(key) ?? new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short', timeZone })
    formats.set(key, format)
    return format.format(new Date(at))
  } catch {
    // A zone that this browser does not know.
    return inBrowsersZone(at, tag)
  }
}
