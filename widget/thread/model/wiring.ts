import type { VNode } from 'preact'

/** How buttons and the composer act: a script listens to them, or, where none runs, they submit forms. */
export interface Wiring {
  /** Attributes of every button but the composer's own: without a script each submits a form with its own value. */
  button: { type: 'button' } | { type: 'submit'; form: string }
  /** Where the composer is sent without a script, and what is sent besides what is written in it. */
  composer?: { method: 'post'; action: string }
  fields?: VNode
}
