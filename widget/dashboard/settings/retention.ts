import { computed, createModel, effect, signal } from '@preact/signals'
import { type KeptTerm, keptTerms } from '../../../worker/contract/keptTerms.ts'
import type { RetentionPreview } from '../../../worker/contract/retentionPreview.ts'
import type { Connection } from '../core/connection.ts'
import { type Desk, modelOf } from '../desk.ts'
import { type Settings, settingsOf } from './settings.ts'

/** Milliseconds without a change before anything is asked. */
const rest = 350

type Removal = RetentionPreview['items'][number]

/** What would be removed if the site kept things for the times on screen, asked anew at each change of them. */
export const Retention = createModel((connection: Connection, settings: Settings) => {
  const removals = signal<Partial<Record<KeptTerm, Removal>>>({})

  /** What to ask, as one string: null while there is nothing to ask. */
  const question = computed(() => {
    const id = settings.site.value?.id
    const changed = settings.change.value?.settings ?? {}
    const given = keptTerms.filter((name) => changed[name] !== undefined)
    if (!id || given.length === 0) return null
    return JSON.stringify({ id, settings: Object.fromEntries(given.map((name) => [name, changed[name]])) })
  })

  async function ask(asked: string, signal: AbortSignal) {
    const { id, settings } = JSON.parse(asked)
    const path = `/v1/sites/${encodeURIComponent(id)}/retention-preview`
    try {
      const call = { body: { settings }, signal }
      const { data } = await connection.ask<RetentionPreview>('POST', path, call)
      if (!signal.aborted) removals.value = Object.fromEntries(data.items.map((one) => [one.setting, one]))
    } catch {
      // They can be saved all the same; nothing is said of what they would do.
    }
  }

  effect(() => {
    const asked = question.value
    removals.value = {}
    if (!asked) return
    const stop = new AbortController()
    const timer = setTimeout(() => ask(asked, stop.signal), rest)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  })

  return { removals }
})

/** What the settings of a desk would remove. */
export const retentionOf = (desk: Desk) => new Retention(desk.connection, modelOf(desk, settingsOf))
