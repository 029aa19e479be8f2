import { useSignalEffect } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { words } from '../words.ts'
import { choice, column, paper } from './choice.ts'
import { attributes, directionOf, properties } from './names.ts'

/** How long what is chosen has to stay so before the thread is shown with it, in milliseconds. */
const pause = 300

/** A page with the thread in it, as it was chosen. */
export function Stage() {
  const thread = useRef<HTMLElement>(null)
  const stage = useRef<HTMLElement>(null)
  const begun = useRef(false)
  useLayoutEffect(() => {
    fitColumn(stage.current?.clientWidth ?? 0)
    const element = thread.current
    element?.addEventListener('hankyo:ready', () => touchForm(element))
  }, [])
  useSignalEffect(() => {
    const element = thread.current
    if (!element) return undefined
    const chosen = choice.value
    for (const name of Object.keys(properties) as (keyof typeof properties)[])
      element.style.setProperty(`--hankyo-${name}`, chosen.properties[name] ?? null)
    // Each shows the thread anew: not at every key of a word that is being typed.
    const show = () => {
      for (const name of Object.keys(attributes) as (keyof typeof attributes)[])
        set(element, name, chosen.attributes[name])
      set(element, 'dir', directionOf(chosen.attributes.lang))
    }
    const timer = setTimeout(show, begun.current ? pause : 0)
    begun.current = true
    return () => clearTimeout(timer)
  })
  const { background, ink } = paper.value
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section ref={stage} class="stage" aria-label={words.stage} tabIndex={0}>
      <div class="page" style={{ background, color: ink, inlineSize: `${column.value}px` }}>
        <hankyo-thread ref={thread} site={choice.peek().attributes.site ?? ''} />
      </div>
    </section>
  )
}

/** Has the form show all it has, as when somebody begins to write: it is there once all comments are drawn. */
function touchForm(element: HTMLElement): void {
  const field = element.shadowRoot?.querySelector('textarea')
  if (field) field.dispatchEvent(new FocusEvent('focus'))
  else if (element.isConnected) requestAnimationFrame(() => touchForm(element))
}

/** Begins with a column that needs no scrolling beside the page's margins. */
function fitColumn(width: number): void {
  column.value = Math.min(680, Math.max(240, width - 48))
}

/** Leaves alone what is so already: a changed attribute shows the thread anew. */
function set(element: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) element.removeAttribute(name)
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value)
}
