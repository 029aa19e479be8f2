import { oneKey } from '../core/preferences.ts'

/** A key written on its button: for the eyes, and only while it works. */
export function Key({ name, always = false }: { name: string; always?: boolean }) {
  if (!always && !oneKey.value) return null
  return (
    <span class="key" aria-hidden="true">
      {name}
    </span>
  )
}
