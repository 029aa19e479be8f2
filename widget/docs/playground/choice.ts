import { signal } from '@preact/signals'
import { host } from '../host.ts'
import type { Attribute, Property } from './names.ts'

/** A thread as it is tried out. */
export interface Choice {
  attributes: Partial<Record<Attribute, string>>
  properties: Partial<Record<Property, string>>
}

const asked = new URLSearchParams(location.search)

/** The thread of the demo that the playground opens on; the demo's pages have the path that they are read at. */
export const lively = new URL(`${host}/demo/lively`).pathname

/** What is chosen now; the site may be asked for by the address. */
export const choice = signal<Choice>({
  attributes: { site: asked.get('site') ?? 'demo', key: asked.get('key') ?? lively },
  properties: {},
})

/** The column that the thread is tried in, and the page round it. */
export const column = signal(680)
export const paper = signal({ background: '#ffffff', ink: '#1f1e1c' })

/** Chooses an attribute or a property; an empty value takes it back. */
export function choose(kind: keyof Choice, name: Attribute | Property, value: string): void {
  const chosen: Partial<Record<string, string>> = { ...choice.value[kind], [name]: value }
  if (!value) delete chosen[name]
  choice.value = { ...choice.value, [kind]: chosen }
}
